#!/usr/bin/env python3
"""CPU of a course of five pages with four saved reflections: ours by phrase, and oTree's, in turn in one run.

    python3 -m venv VENV && VENV/bin/pip install otree==6.0.15
    selfhelp/benches/otree.py BINARY VENV/bin/otree [ROUNDS] [RUNS]

Both keep SQLite files on the same disk, both get the same texts to show and to save, from one client over connections that stay
open. Counted is what a visitor asks for: oTree's start link, five pages, four forms (its participants are made before); ours opening
by phrase, five pages, four saves (the phrases are handed out before). Not counted: style sheets, scripts and sockets, which
only oTree would have more of. CPU is user and system time of all processes of a server, from /proc/PID/stat. oTree runs as
in production, which is one process and its helper. Exits 1 when ours costs more than a twentieth. Needs Python 3.
"""
import html, http.client, os, pathlib, re, shutil, socket, sqlite3, subprocess, sys, tempfile, time, urllib.parse

LIMIT = 1 / 20
COURSE = "deciding"
HERE = pathlib.Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")
TEXT = "It was late and I was tired, and I did not want to be alone with it. " * 6
HEADERS = {"content-type": "application/x-www-form-urlencoded"}


def cpu(pid):
    """Seconds of CPU of a process and of all below it."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    total = (int(fields[11]) + int(fields[12])) / TICKS
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children") as file:
            total += sum(cpu(child) for child in file.read().split())
    return total


def below(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


class Server:
    """A running server and one connection to it."""

    def __init__(self, process, address):
        self.process, self.connection = process, http.client.HTTPConnection(address)

    def ask(self, method, path, **fields):
        self.connection.request(method, path, urllib.parse.urlencode(fields) if fields else None, HEADERS if fields else {})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status in (200, 302, 303, 307), (path, answer.status, text[:500])
        return text, answer.getheader("location")

    def stop(self):
        for pid in below(self.process.pid) + [self.process.pid]:
            os.kill(pid, 15)
        self.process.wait()


def hidden(text):
    return {name: html.unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)}


class Ours(Server):
    def __init__(self, binary, folder, visitors):
        command = [binary, "serve", "--listen", "127.0.0.1:0", "--store", f"sqlite://{folder}/notes.db"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        super().__init__(process, re.search(r"http://(\S+)", process.stdout.readline()).group(1))
        time.sleep(6)  # pages are compressed in the background
        front, _ = self.ask("GET", f"/en/{COURSE}")
        self.steps = list(dict.fromkeys(re.findall(rf'href="/en/{COURSE}/([a-z0-9-]+)"', front.split("<main")[1])))
        self.steps = [step for step in self.steps if step != "all"][:5]
        self.phrases = [self.begin() for _ in range(visitors)]

    def begin(self):
        shown, _ = self.ask("POST", "/en/phrase/new", x="")
        words = re.findall(r"<li>([^<]+)</li>", shown.split('<ol class="words">')[1].split("</ol>")[0])
        self.ask("POST", "/en/phrase/keep", phrase=" ".join(words), **hidden(shown))
        return " ".join(words)

    def texts(self, folder):
        """The texts of our steps, for oTree to show."""
        folder.mkdir()
        for number, step in enumerate(self.steps):
            page, _ = self.ask("GET", f"/en/{COURSE}/{step}")
            sections = re.findall(r"<section.*?</section>", page, re.S)
            plain = [re.sub(r"<form.*?>|</form>|<textarea.*?</textarea>|<input.*?>|<button.*?</button>", "", section, flags=re.S) for section in sections]
            (folder / f"{number}.html").write_text("\n".join(plain))

    def visit(self, nth):
        page, _ = self.ask("POST", "/en/phrase/open", phrase=self.phrases[nth])
        page, _ = self.ask("POST", f"/en/my/{COURSE}/{self.steps[0]}", handle=hidden(page)["handle"])
        for done, step in zip(self.steps, self.steps[1:]):
            fields = dict(handle=hidden(page)["handle"], at=f"{COURSE}/{done}", t1=TEXT, t2="")
            page, _ = self.ask("POST", f"/en/my/{COURSE}/{step}", **fields)

    def check(self, visits):
        """The reflections are there."""
        for phrase in self.phrases[:visits]:
            opened, _ = self.ask("POST", "/en/phrase/open", phrase=phrase)
            printed, _ = self.ask("POST", "/en/my/print", handle=hidden(opened)["handle"])
            assert printed.count(TEXT.strip()) == 4, printed


class Otree(Server):
    def __init__(self, otree, folder, texts, visitors):
        project = folder / "project"
        shutil.copytree(HERE / "otree", project, ignore=shutil.ignore_patterns("__pycache__"))
        (project / "_static").mkdir()
        bin = str(pathlib.Path(otree).absolute().parent)
        environment = {**os.environ, "OTREE_PRODUCTION": "1", "COURSE_TEXTS": str(texts), "PATH": f"{bin}:{os.environ['PATH']}"}
        quiet = dict(cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([otree, "create_session", "course", str(visitors)], check=True, **quiet)
        self.database = project / "db.sqlite3"
        self.codes = [code for (code,) in self.rows("SELECT code FROM otree_participant ORDER BY id")]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen([otree, "prodserver", f"127.0.0.1:{port}"], **quiet)
        super().__init__(process, f"127.0.0.1:{port}")
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except OSError:
                assert time.monotonic() < until, "oTree does not start"
                time.sleep(0.1)

    def rows(self, question):
        with sqlite3.connect(self.database) as database:
            return database.execute(question).fetchall()

    def visit(self, nth):
        _, place = self.ask("GET", f"/InitializeParticipant/{self.codes[nth]}")
        for number in range(1, 6):
            page, _ = self.ask("GET", place)
            if number < 5:
                _, place = self.ask("POST", place, **{f"text{number}": TEXT})

    def check(self, visits):
        kept = self.rows("SELECT count(*) FROM course_player WHERE text1 != '' AND text2 != '' AND text3 != '' AND text4 != ''")
        assert kept == [(visits,)], kept


def measured(server, visits):
    server.connection.close()  # it has been idle and is opened anew
    before, began = cpu(server.process.pid), time.monotonic()
    for nth in visits:
        server.visit(nth)
    return cpu(server.process.pid) - before, time.monotonic() - began


def main(binary, otree, rounds=5, runs=60, warm=10):
    visitors = warm + rounds * runs
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        folder = pathlib.Path(folder)
        ours = Ours(binary, folder, visitors)
        ours.texts(folder / "texts")
        theirs = Otree(otree, folder, folder / "texts", visitors)
        try:
            totals = [0.0, 0.0]
            for server in (theirs, ours):
                measured(server, range(warm))
            for nth in range(rounds):
                visits = range(warm + nth * runs, warm + (nth + 1) * runs)
                (b, waited), (a, took) = measured(theirs, visits), measured(ours, visits)
                totals = [totals[0] + a, totals[1] + b]
                print(f"round {nth + 1}: ours {a / runs * 1000:.2f} ms of CPU a course ({took / runs * 1000:.0f} ms in all), "
                      f"oTree {b / runs * 1000:.1f} ms ({waited / runs * 1000:.0f} ms in all): 1/{b / a:.1f}", flush=True)
            for server in (theirs, ours):
                server.check(visitors)
        finally:
            theirs.stop()
            ours.stop()
    a, b = totals
    print(f"{rounds * runs} courses each: ours {a / rounds / runs * 1000:.2f} ms, oTree {b / rounds / runs * 1000:.1f} ms: 1/{b / a:.1f}, at most 1/{1 / LIMIT:.0f} asked")
    return int(a / b > LIMIT)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5])))
