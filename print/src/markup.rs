//! Markdown to the typesetter's markup. Every word goes in as a string, so that nothing in a text is ever markup.

use comrak::nodes::{ListType, Node, NodeTable, NodeValue};
use comrak::{Arena, Options, parse_document};

use crate::{Book, Leads, Text};

/// A string of the typesetter's language that ends the expression it stands in.
pub(crate) fn words(text: &str) -> String {
    format!("#{};", string(text))
}

/// A string literal.
pub(crate) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The label of a text or of its section.
pub(crate) fn label(id: &str, chapter: bool, section: Option<&str>) -> String {
    let kind = if chapter { "chapter" } else { "session" };
    section.map_or_else(|| format!("{kind}:{id}"), |section| format!("{kind}:{id}:{section}"))
}

/// The options every text is read with.
pub(crate) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options
}

/// A passage as markup; its highest heading becomes one of `level`.
pub(crate) fn of(book: &Book<'_>, text: Text<'_>, markdown: &str, level: u8) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let highest = root.descendants().filter_map(heading_level).min().unwrap_or(1);
    let mut writer = Writer { book, text, shift: i16::from(level) - i16::from(highest), out: String::new() };
    writer.children(root);
    writer.out
}

fn heading_level(node: Node<'_>) -> Option<u8> {
    if let NodeValue::Heading(heading) = &node.data().value { Some(heading.level) } else { None }
}

struct Writer<'b> {
    book: &'b Book<'b>,
    text: Text<'b>,
    shift: i16,
    out: String,
}

impl Writer<'_> {
    fn children(&mut self, node: Node<'_>) {
        for child in node.children() {
            self.node(child);
        }
    }

    fn wrapped(&mut self, open: &str, node: Node<'_>, close: &str) {
        self.out.push_str(open);
        self.children(node);
        self.out.push_str(close);
    }

    fn node(&mut self, node: Node<'_>) {
        let value = node.data().value.clone();
        match value {
            NodeValue::Paragraph => self.wrapped("", node, "#parbreak();\n"),
            NodeValue::Heading(heading) => {
                let level = (i16::from(heading.level) + self.shift).clamp(1, 9);
                self.wrapped(&format!("#heading(level: {level}, outlined: false)["), node, "];\n");
            }
            NodeValue::Text(text) => self.out.push_str(&words(&text)),
            NodeValue::Code(code) => self.raw("", &code.literal, ""),
            NodeValue::CodeBlock(code) => self.raw("block: true, ", &code.literal, "\n"),
            NodeValue::SoftBreak => self.out.push(' '),
            NodeValue::LineBreak => self.out.push_str("#linebreak();"),
            NodeValue::Emph => self.wrapped("#emph[", node, "];"),
            NodeValue::Strong => self.wrapped("#strong[", node, "];"),
            NodeValue::Strikethrough => self.wrapped("#strike[", node, "];"),
            NodeValue::BlockQuote => self.wrapped("#said[", node, "];\n"),
            NodeValue::ThematicBreak => self.out.push_str("#to-write();\n"),
            NodeValue::List(list) => {
                let open = if list.list_type == ListType::Ordered { format!("#enum(start: {}, ", list.start) } else { "#list(".to_owned() };
                self.wrapped(&open, node, ");\n");
            }
            NodeValue::Item(_) => self.wrapped("[", node, "], "),
            NodeValue::Link(link) => self.link(&link.url, node),
            NodeValue::Table(table) => self.table(&table, node),
            NodeValue::TableRow(true) => self.wrapped("table.header(", node, "), "),
            NodeValue::TableRow(false) => self.wrapped("", node, ""),
            NodeValue::TableCell => {
                let empty = node.first_child().is_none();
                self.wrapped("[", node, if empty { "#v(6mm);], " } else { "], " });
            }
            // Raw HTML and images are refused by the check; whatever else there may be is written through.
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) | NodeValue::Image(_) => {}
            _ => self.children(node),
        }
    }

    fn raw(&mut self, how: &str, literal: &str, end: &str) {
        for piece in ["#raw(", how, &string(literal), ");", end] {
            self.out.push_str(piece);
        }
    }

    fn link(&mut self, url: &str, node: Node<'_>) {
        match self.book.leads(url, self.text) {
            Some(Leads::Out(address)) => self.wrapped(&format!("#link({})[", string(&address)), node, "];"),
            Some(Leads::Within { id, chapter, section }) => {
                let place = label(&id, chapter, section.as_deref());
                self.wrapped(&format!("#link(label({}))[", string(&place)), node, "];");
            }
            None => self.children(node),
        }
    }

    fn table(&mut self, table: &NodeTable, node: Node<'_>) {
        self.wrapped(&format!("#table(columns: (1fr,) * {}, ", table.num_columns), node, ");\n");
    }
}
