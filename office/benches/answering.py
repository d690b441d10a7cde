#!/usr/bin/env python3
"""CPU of a form of nine questions, seen and saved: ours by a one-time link, and oTree's, in turn in one run.

    python3 -m venv VENV && VENV/bin/pip install otree==6.0.15
    office/benches/answering.py FAIRWAY VENV/bin/otree [ROUNDS] [RUNS] [--project FOLDER]

FAIRWAY is the program (`cargo build --release`); FOLDER an oTree project with an app `form` of one page whose fields are item1 to
item9, as a rule the one the self-help site's bench has. Both keep SQLite files on the same disk and are asked by one client over
connections that stay open. Counted are two requests a person: the page with all questions, and the form sent with every answer. Before
it, not counted: people, links and codes are made. Ours shows the PHQ-9, which has a tenth question, scores the answers, seals them and
logs both sights; oTree saves nine numbers. CPU is user and system time of all processes of a server, from /proc/PID/stat; oTree runs as
in production, which is one process and its helper. Exits 1 when ours costs more than a tenth. Needs Python 3.
"""
import argparse, html, http.client, os, pathlib, re, shutil, socket, sqlite3, subprocess, sys, tempfile, time, urllib.parse

LIMIT = 1 / 10
ITEMS = 9
HERE = pathlib.Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUIET = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def cpu(pid):
    """Seconds of CPU of a process and of all below it."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(cpu(child) for child in below(pid))


def below(pid):
    children = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children") as file:
            children += [int(child) for child in file.read().split()]
    return children


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """A running server and one connection to it."""

    def __init__(self, command, port, **options):
        self.process = subprocess.Popen(command, **QUIET, **options)
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert time.monotonic() < until and self.process.poll() is None, f"{command[0]} does not start"
                time.sleep(0.1)
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask(self, method, path, fields=None, cookie=""):
        """The text, where it leads, and the cookie that it sets."""
        headers = {"cookie": cookie} if cookie else {}
        body = None if fields is None else urllib.parse.urlencode(fields)
        self.connection.request(method, path, body, headers if body is None else {**headers, **FORM})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status in (200, 302, 303, 307), (path, answer.status, text[:500])
        return text, answer.getheader("location"), (answer.getheader("set-cookie") or "").split(";")[0]

    def stop(self):
        for pid in below(self.process.pid) + [self.process.pid]:
            os.kill(pid, 15)
        self.process.wait()


class Ours(Server):
    def __init__(self, binary, folder, people):
        port = free_port()
        super().__init__([binary, "demo", "--data", str(folder / "office"), "--cases", "60", "--seed", "7", "--listen", f"127.0.0.1:{port}"], port)
        _, _, staff = self.ask("POST", "/sign-in", {"name": "facilitator", "password": "fairway demo only"})
        cases, _, _ = self.ask("GET", "/cases", cookie=staff)
        case = re.search(r"/cases/[0-9a-f-]{36}", cases).group(0)
        self.forms = [self.opened(case, staff) for _ in range(people)]

    def opened(self, case, staff):
        """The address of a new form, and the cookie that its code gives."""
        made, _, _ = self.ask("POST", f"{case}/measures/phq-9/link", {"point": "extra", "language": "en"}, staff)
        address, code = re.findall(r'<code class="secret">([^<]+)</code>', made)
        path = urllib.parse.urlsplit(address).path
        _, _, cookie = self.ask("POST", f"{path}/code", {"code": code})
        return path, cookie

    def answer(self, nth):
        path, cookie = self.forms[nth]
        self.ask("GET", path, cookie=cookie)
        _, leads, _ = self.ask("POST", path, {f"v_{item}": int(item < ITEMS - 1) for item in range(ITEMS)}, cookie)
        assert leads == f"{path}/end", leads

    def check(self, people):
        """The answers are there: of ten questions one is not answered."""
        for path, cookie in self.forms[:people]:
            text, _, _ = self.ask("GET", f"{path}/end", cookie=cookie)
            assert "1 question is not answered" in text, text


class Otree(Server):
    def __init__(self, otree, folder, project, people):
        place = folder / "project"
        shutil.copytree(project, place, ignore=shutil.ignore_patterns("__pycache__"))
        (place / "_static").mkdir(exist_ok=True)
        path = f"{pathlib.Path(otree).absolute().parent}:{os.environ['PATH']}"
        options = dict(cwd=place, env={**os.environ, "OTREE_PRODUCTION": "1", "COURSE_TEXTS": str(folder), "PATH": path})
        subprocess.run([otree, "create_session", "form", str(people)], check=True, **QUIET, **options)
        self.database = place / "db.sqlite3"
        port = free_port()
        super().__init__([otree, "prodserver", f"127.0.0.1:{port}"], port, **options)
        codes = self.rows("SELECT code FROM otree_participant ORDER BY id")
        self.forms = [self.ask("GET", f"/InitializeParticipant/{code}")[1] for (code,) in codes]

    def rows(self, question):
        with sqlite3.connect(self.database) as database:
            return database.execute(question).fetchall()

    def answer(self, nth):
        self.ask("GET", self.forms[nth])
        _, leads, _ = self.ask("POST", self.forms[nth], {f"item{item + 1}": int(item < ITEMS - 1) for item in range(ITEMS)})
        assert leads and leads != self.forms[nth], leads

    def check(self, people):
        kept = self.rows("SELECT count(*) FROM form_player WHERE item1 = 1 AND item9 = 0")
        assert kept == [(people,)], kept


def measured(server, people):
    before, began = cpu(server.process.pid), time.monotonic()
    for nth in people:
        server.answer(nth)
    return cpu(server.process.pid) - before, time.monotonic() - began


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("fairway")
    words.add_argument("otree")
    words.add_argument("rounds", nargs="?", type=int, default=5)
    words.add_argument("runs", nargs="?", type=int, default=200)
    words.add_argument("--project", type=pathlib.Path, default=HERE.parents[1] / "selfhelp/benches/otree")
    given = words.parse_args()
    warm, rounds, runs = 20, given.rounds, given.runs
    people = warm + rounds * runs
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        folder, servers = pathlib.Path(folder), []
        try:
            servers.append(Ours(given.fairway, folder, people))
            servers.append(Otree(given.otree, folder, given.project, people))
            ours, theirs = servers
            for server in servers:
                measured(server, range(warm))
            totals = [0.0, 0.0]
            for nth in range(rounds):
                those = range(warm + nth * runs, warm + (nth + 1) * runs)
                (b, waited), (a, took) = measured(theirs, those), measured(ours, those)
                totals = [totals[0] + a, totals[1] + b]
                print(f"round {nth + 1}: ours {a / runs * 1000:.2f} ms of CPU a form ({took / runs * 1000:.1f} ms in all), "
                      f"oTree {b / runs * 1000:.1f} ms ({waited / runs * 1000:.1f} ms in all): 1/{b / a:.1f}", flush=True)
            for server in servers:
                server.check(people)
        finally:
            for server in servers:
                server.stop()
    a, b = totals
    print(f"{rounds * runs} forms each: ours {a / rounds / runs * 1000:.2f} ms, oTree {b / rounds / runs * 1000:.1f} ms: 1/{b / a:.1f}, at most 1/{1 / LIMIT:.0f} asked")
    return int(a / b > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
