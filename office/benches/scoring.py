"""Scoring a table of PHQ-9 answers: CPU time against the csv crate's parsing and against pandas; memory by rows.

    python3 scoring.py PARSER FAIRWAY [ROWS]

Called by `cargo bench -p fairway-office --bench scoring`. The three run in turn, so that other work on the machine falls on
all; each figure is the median of its runs. Exits with 1 when a limit is missed or the outcomes of the two scorers differ.
"""
import hashlib, os, random, statistics, subprocess, sys, tempfile

ROUNDS = 7
TIMES_PARSING, TIMES_AHEAD, MEMORY_GROWTH = 2.0, 5.0, 1.1
ITEMS = 9
MISSING = 0.05


def table(path, rows):
    """The same table for the same number of rows. Answers come in pieces, for a child counts its parent's memory at first."""
    chance = random.Random(9)
    with open(path, "w") as file:
        file.write("id," + ",".join(str(item + 1) for item in range(ITEMS)) + "\n")
        for begin in range(0, rows, 5000):
            count = min(5000, rows - begin)
            answers = chance.choices(["0", "1", "2", "3", ""], [(1 - MISSING) / 4] * 4 + [MISSING], k=ITEMS * count)
            for row in range(count):
                file.write(f"p{begin + row + 1:07}," + ",".join(answers[row * ITEMS:(row + 1) * ITEMS]) + "\n")


def run(command, out=os.devnull):
    """CPU seconds and the most memory in MB of a process."""
    with open(out, "wb") as file:
        process = subprocess.Popen(command, stdout=file, env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main():
    parser, fairway = sys.argv[1:3]
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    pandas = os.path.join(os.path.dirname(os.path.abspath(__file__)), "scoring_pandas.py")
    with tempfile.TemporaryDirectory() as folder:
        full, tenth = f"{folder}/full.csv", f"{folder}/tenth.csv"
        table(full, rows)
        table(tenth, rows // 10)
        commands = {
            "csv crate, parsing only": lambda file: [parser, "parse", file],
            "fairway measure score": lambda file: [fairway, "measure", "score", "phq-9", "--answers", file, "--format", "json"],
            "pandas": lambda file: [sys.executable, pandas, file],
        }
        parsing, ours, theirs = commands
        outcomes = []
        for name in (ours, theirs):
            run(commands[name](full), f"{folder}/out.json")
            outcomes.append(digest(f"{folder}/out.json"))
        taken = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                taken[name].append(run(command(full)))
        small = max(run(commands[ours](tenth))[1] for _ in range(3))
    cpu = {name: statistics.median(seconds for seconds, _ in runs) for name, runs in taken.items()}
    memory = {name: max(most for _, most in runs) for name, runs in taken.items()}
    print(f"{rows} rows, {ROUNDS} runs each in turn, CPU time (user and system) and most memory")
    for name, runs in taken.items():
        low, high = min(runs)[0], max(runs)[0]
        print(f"{name:<26} {cpu[name] * 1000:8.0f} ms ({low * 1000:.0f} to {high * 1000:.0f}) {memory[name]:8.1f} MB")
    slower, ahead, growth = cpu[ours] / cpu[parsing], cpu[theirs] / cpu[ours], memory[ours] / small
    print(f"times the csv crate's parsing: {slower:.2f} (at most {TIMES_PARSING})")
    print(f"times ahead of pandas: {ahead:.1f} (at least {TIMES_AHEAD})")
    print(f"memory at {rows} rows against {rows // 10}: {memory[ours]:.1f} against {small:.1f} MB, {growth:.2f} (at most {MEMORY_GROWTH})")
    print("outcomes byte for byte the same" if outcomes[0] == outcomes[1] else "OUTCOMES DIFFER")
    if slower > TIMES_PARSING or ahead < TIMES_AHEAD or growth > MEMORY_GROWTH or outcomes[0] != outcomes[1]:
        sys.exit(1)


main()
