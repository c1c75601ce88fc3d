"""Plays random sessions of a learned machine against a server, and compares every reply with what the machine says.

It shares nothing with the learner but the file. Prints the number of sessions and inputs; at the first difference the session, and exits with 1.
"""
import json
import random
import socket
import sys

CLOSED = "closed"


def reply_of(stream):
    """The code of a whole reply; 'closed' where the channel is."""
    while True:
        line = stream.readline()
        if not line:
            return CLOSED
        if len(line) < 4 or line[3:4] != b"-":
            return line[:3].decode("ascii")


def main(file, port, seed, count):
    with open(file, encoding="utf-8") as text:
        learned = json.load(text)["learned"]
    lines = {one["name"]: one["line"] for one in learned["inputs"]}
    like = {one["name"]: one["like"] for one in learned["states"]}
    steps = {}
    for one in learned["transitions"]:
        steps.setdefault(one["from"], []).append(one)
    draw = random.Random(seed)
    inputs = 0
    for number in range(count):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            stream = connection.makefile("rb")
            said = [reply_of(stream)]
            state = learned["states"][0]["name"]
            # what is drawn at each input seldom gets far: a way to some state first
            way = list(draw.choice(learned["states"])["access"])
            for _ in range(len(way) + draw.randint(1, 8)):
                step = next(one for one in steps[state] if one["input"] == way[0]) if way else draw.choice(steps[state])
                way = way[1:]
                if step["input"] == "end of data":
                    octets = "Subject: learned\r\n\r\ntext\r\n.\r\n" if like[state] == "ReceivingData" else ".\r\n"
                else:
                    octets = lines[step["input"]] + "\r\n"
                connection.sendall(octets.encode("ascii"))
                inputs += 1
                came = reply_of(stream)
                if step["to"] is None and came != CLOSED and not stream.read(1):
                    came += ", " + CLOSED
                said.append(f"{step['input']} / {came}")
                if came != step["output"]:
                    print(f"session {number} of seed {seed}: {'; '.join(said)}, where {step['output']} was learned")
                    return 1
                state = step["to"]
                if state is None:
                    break
    print(f"{count} sessions, {inputs} inputs, no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *(int(number) for number in sys.argv[2:5])))
