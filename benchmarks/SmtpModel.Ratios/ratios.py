#!/usr/bin/env python3
"""Puts this build beside an older one: what a transition costs, exchanges a second of 'fuzz --in-memory', peak memory.

usage: ratios.py COMMIT [rounds] [sessions]
Builds both with -c Release, the older one in a worktree beside this repository, and runs them by turns, so that what else
the machine does hits both; the figures are medians of the rounds. Ends with 1 where a ratio is missed.
"""
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
OWN = pathlib.Path("benchmarks/SmtpModel.Ratios")
SETTINGS = os.environ | {"DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1"}


def main(commit, rounds=9, sessions=20000):
    home = pathlib.Path(tempfile.mkdtemp(prefix="smtpmodel-ratios-"))
    older = home / "older"
    try:
        run(["git", "-C", ROOT, "worktree", "add", "--detach", older, commit])
        shutil.copytree(ROOT / OWN, older / OWN, ignore=shutil.ignore_patterns("bin", "obj"))
        builds = {"before": (older, ["-p:Before=true"]), "now": (ROOT, [])}
        for root, options in builds.values():
            run(["dotnet", "build", "-c", "Release", root / "src/SmtpModel.Cli"])
            run(["dotnet", "build", "-c", "Release", root / OWN, *options])
        figures = {}
        # the first round only warms up
        for count in range(rounds + 1):
            for name in list(builds)[::1 if count % 2 else -1]:
                measured = transition(builds[name][0]) | fuzz(builds[name][0], sessions)
                for what, figure in measured.items():
                    if count > 0:
                        figures.setdefault(what, {}).setdefault(name, []).append(figure)
    finally:
        subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", older], check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)
    return report(figures)


def report(figures):
    # what is measured, and the most (or, where more is better, the least) that the ratio may be
    limits = {"ns a transition": (1.2, max), "octets a transition": (None, max), "exchanges a second": (1.0, min), "peak memory, MB": (1.0, max)}
    missed = False
    for what, (limit, worse) in limits.items():
        before, now = (statistics.median(figures[what][name]) for name in ("before", "now"))
        ratio = statistics.median(new / old for new, old in zip(figures[what]["now"], figures[what]["before"])) if before else None
        kept = now == 0 if limit is None else worse(ratio, limit) == limit
        missed |= not kept
        print(f"{what:20} before {before:10.2f}  now {now:10.2f}  {'' if ratio is None else f'ratio {ratio:.3f}'}  {'' if kept else 'MISSED'}".rstrip())
    return 1 if missed else 0


def transition(root):
    said = run([root / OWN / "bin/Release/net10.0/SmtpModel.Benchmarks", "transition"]).split()
    return {"ns a transition": float(said[0]), "octets a transition": float(said[1])}


def fuzz(root, sessions):
    tool = root / "src/SmtpModel.Cli/bin/Release/net10.0/smtpmodel.dll"
    command = ["dotnet", tool, "fuzz", "--in-memory", "--sessions", sessions, "--seed", 1]
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([str(part) for part in command], stdout=out, env=SETTINGS)
        _, status, used = os.wait4(process.pid, 0)
        out.seek(0)
        said = out.read()
    second = re.search(r"\((\d+) a second\)", said)
    if status != 0 or second is None:
        sys.exit(f"fuzz ended with {os.waitstatus_to_exitcode(status)}:\n{said}")
    return {"exchanges a second": int(second[1]), "peak memory, MB": used.ru_maxrss / 1024}


def run(command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=SETTINGS)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) < 2 or not all(number.isdigit() for number in sys.argv[2:]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
