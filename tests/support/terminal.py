"""Runs a program in a pseudo terminal of a given size: terminal.py COLS ROWS PROGRAM [ARG...]

Standard input goes to the program as keys, what it draws comes out of standard output, and the
program's process id is written to descriptor 3 once it runs. Signals are passed on to the program.
Ends as the program does: with its exit code, or by the same signal.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

cols, rows, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    # In the child, so that the size stands before the program can ask for it.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
    os.close(3)
    os.execvp(program[0], program)

for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda received, _: os.kill(child, received))
os.write(3, f"{child}\n".encode())
os.close(3)

sources = [0, terminal]
while terminal in sources:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        keys = os.read(0, 4096)
        if keys:
            os.write(terminal, keys)
        else:
            sources.remove(0)
    if terminal in ready:
        try:
            drawn = os.read(terminal, 65536)
        except OSError:  # EIO: the last process in the terminal has gone
            drawn = b""
        if drawn:
            os.write(1, drawn)
        else:
            sources.remove(terminal)

_, status = os.waitpid(child, 0)
if os.WIFSIGNALED(status):
    number = os.WTERMSIG(status)
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
sys.exit(os.waitstatus_to_exitcode(status))
