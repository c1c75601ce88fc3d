#!/usr/bin/env python3
"""Puts smtp-source against several receivers in turn, and gives medians of ratios to the first one.

usage: compare.py DIRECTORY [messages] [rounds]
DIRECTORY holds smtp-source and smtp-sink, and what they need is on LD_LIBRARY_PATH; build this project with -c Release first.
Each round runs all receivers one after the other, beginning with another one each time, so that what else the machine
does hits all of them. The processor time is the receiver's own, user and system.
"""
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
SERVER = HERE / "bin/Release/net10.0/SmtpModel.Transports"
INLINE = {"DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS": "1"}
ONE_THREAD = INLINE | {"DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT": "1"}
MODES = {
    "a connection for each message": [],
    "many messages on a connection": ["-d"],
    "many, of 100 kB": ["-d", "-l", "100000"],
}


def main(tools, messages=5000, rounds=9):
    tools = pathlib.Path(tools)
    receivers = {
        "smtp-sink": ([tools / "smtp-sink", "127.0.0.1:{port}", "100"], {}),
        "own": ([SERVER, "own", "{port}"], {}),
        "own, inline": ([SERVER, "own", "{port}"], INLINE),
        "own, tuned": ([SERVER, "tuned", "{port}"], {}),
        "kestrel": ([SERVER, "kestrel", "{port}"], {}),
        "kestrel, tuned": ([SERVER, "kestrel", "{port}"], ONE_THREAD),
    }
    home = tempfile.mkdtemp()
    os.chmod(home, 0o755)
    pathlib.Path(home, "main.cf").write_text("compatibility_level = 3.6\n")
    base = os.environ | {"MAIL_CONFIG": home}
    running = {}
    try:
        for port, (name, (command, settings)) in enumerate(receivers.items(), 2700):
            command = [str(part).format(port=port) for part in command]
            user = {"user": 65534} if os.getuid() == 0 and name == "smtp-sink" else {}
            running[name] = port, subprocess.Popen(command, env=base | settings, cwd=home, stdout=subprocess.DEVNULL, **user)
        time.sleep(2)
        results = {}
        names = list(running)
        # the first round only warms up
        for count in range(rounds + 1):
            for name in names[count % len(names):] + names[:count % len(names)]:
                port, process = running[name]
                for mode, options in MODES.items():
                    taken = run(tools, base, port, process.pid, messages, options)
                    if count > 0:
                        results.setdefault((mode, name), []).append(taken)
    finally:
        for _, process in running.values():
            process.send_signal(signal.SIGTERM)
            process.wait()
    for mode in MODES:
        print(f"\n| {mode} | time | processor time |\n|---|---|---|")
        first = results[mode, names[0]]
        for name in names:
            pairs = list(zip(results[mode, name], first))
            print(f"| {name} | " + " | ".join(f"{statistics.median(a[i] / max(b[i], .01) for a, b in pairs):.2f}" for i in (0, 1)) + " |")


def run(tools, base, port, pid, messages, options):
    before, begun = processor_time(pid), time.monotonic()
    subprocess.run([tools / "smtp-source", "-s", "10", "-m", str(messages), *options, "-f", "a@example.test", "-t", "b@example.test",
                    f"127.0.0.1:{port}"], env=base, check=True)
    return time.monotonic() - begun, processor_time(pid) - before


def processor_time(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    main(sys.argv[1], *map(int, sys.argv[2:]))
