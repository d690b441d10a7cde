#!/usr/bin/env python3
"""CPU time the self-help site spends on visits, from /proc, and on opening notes in stores of different sizes.

    selfhelp/benches/visits.py BINARY [RUNS] [SMALL LARGE]

A visit is a course of five pages with four saved reflections, notes open. With SMALL and LARGE, two embedded stores of that
many records are made and one record of each is opened again and again. Needs Python 3 only.
"""
import datetime, hashlib, html, http.client, os, re, sqlite3, subprocess, sys, tempfile, time, urllib.parse

TICK = os.sysconf("SC_CLK_TCK")


def cpu(pid):
    """Seconds of CPU that a process and its threads have used; schedstat is finer than the ticks of stat."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/schedstat") as f:
                total += int(f.read().split()[0])
        except OSError:
            pass
    return total / 1e9


class Site:
    def __init__(self, binary, store):
        self.process = subprocess.Popen([binary, "serve", "--listen", "127.0.0.1:0", "--store", f"sqlite://{store}"], stdout=subprocess.PIPE, text=True)
        self.address = re.search(r"http://(\S+)", self.process.stdout.readline()).group(1)
        self.connection = http.client.HTTPConnection(self.address)
        time.sleep(6)  # pages are compressed in the background

    def post(self, path, **fields):
        self.connection.request("POST", path, urllib.parse.urlencode(fields), {"content-type": "application/x-www-form-urlencoded"})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, (path, answer.status)
        return text

    def stop(self):
        with open(f"/proc/{self.process.pid}/status") as f:
            print("resident memory at the end: " + re.search(r"VmRSS:\s+(\d+ kB)", f.read()).group(1))
        self.process.terminate()
        self.process.wait()


def hidden(text):
    return {name: html.unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)}


def words(text):
    return " ".join(re.findall(r"<li>([^<]+)</li>", text.split('<ol class="words">')[1].split("</ol>")[0]))


def begin(site):
    shown = site.post("/en/phrase/new")
    phrase = words(shown)
    kept = site.post("/en/phrase/keep", phrase=phrase, **hidden(shown))
    return phrase, hidden(kept)["handle"]


def steps(site):
    text = site.post("/en/my", handle=begin(site)[1])
    return re.findall(r'formaction="/en/my/(deciding/[^"]+)"', text)[:5]


def visits(site, runs):
    course, pid = list(dict.fromkeys(steps(site))), site.process.pid
    phrases = [begin(site) for _ in range(8)]
    text = "It was late and I was tired, and I did not want to be alone with it. " * 6
    before = cpu(pid)
    for run in range(runs):
        _, handle = phrases[run % len(phrases)]
        handle = hidden(site.post(f"/en/my/{course[0]}", handle=handle))["handle"]
        for done, step in zip(course, course[1:]):
            handle = hidden(site.post(f"/en/my/{step}", handle=handle, at=done, t1=f"{run} {text}", t2="And more."))["handle"]
    print(f"a course of five pages with four saved reflections: {(cpu(pid) - before) / runs * 1000:.2f} ms of CPU")
    before = cpu(pid)
    for run in range(runs):
        site.post("/en/phrase/open", phrase=phrases[run % len(phrases)][0])
    print(f"coming back by phrase: {(cpu(pid) - before) / runs * 1000:.2f} ms of CPU")


def fill(store, count):
    """Random records of the smallest size, put in in the order of their keys, which is quicker and gives the same tree."""
    db = sqlite3.connect(store)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("PRAGMA cache_size=-200000")
    size, today = 1 << 20, datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    noise = os.urandom(size)
    def rows():
        step = (1 << 128) // count
        for nth in range(count):
            at = (nth * 911) % (size - 900)
            key = (nth * step + int.from_bytes(hashlib.blake2b(nth.to_bytes(8, "big"), digest_size=8).digest(), "big") % step).to_bytes(16, "big")
            yield key, today, noise[at:at + 896]
    db.executemany("INSERT INTO notes VALUES (?, ?, ?)", rows())
    db.commit()
    db.close()


def sizes(binary, runs, counts):
    for count in counts:
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
            store = f"{folder}/notes.db"
            site = Site(binary, store)
            phrases = [begin(site)[0] for _ in range(200)]
            site.stop()
            fill(store, count)
            site = Site(binary, store)
            for phrase in phrases[:20]:
                site.post("/en/phrase/open", phrase=phrase)
            before, began = cpu(site.process.pid), time.monotonic()
            for run in range(runs):
                site.post("/en/phrase/open", phrase=phrases[run % len(phrases)])
            used, took = cpu(site.process.pid) - before, time.monotonic() - began
            print(f"{count} records ({os.path.getsize(store) >> 20} MB): opening one costs {used / runs * 1000:.2f} ms of CPU, {took / runs * 1000:.2f} ms in all")
            site.stop()


binary, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
with tempfile.TemporaryDirectory() as folder:
    site = Site(binary, f"{folder}/notes.db")
    visits(site, runs)
    site.stop()
if len(sys.argv) > 4:
    sizes(binary, runs, [int(sys.argv[3]), int(sys.argv[4])])
