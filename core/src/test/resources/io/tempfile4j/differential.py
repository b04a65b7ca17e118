"""Runs programs of file operations against CPython's io; the other side is PythonDifferentialTest.

One operation a line, its arguments separated by blanks, data in hex; one line of result for each.
"""
import io
import os
import sys
import tempfile

NEWLINES = {"UNIVERSAL": None, "NONE": "", "LF": "\n", "CR": "\r", "CRLF": "\r\n"}


def describe(result):
    if isinstance(result, str):
        return "r " + result.encode("utf-8").hex()
    if isinstance(result, bytes):
        return "r " + result.hex()
    return "n " + str(result)


class Runner:
    def __init__(self):
        self.file = None
        self.raw = None
        self.is_text = False
        self.cookies = []

    def new(self, mode, encoding=None, newline=None, errors=None):
        if self.file is not None:
            self.file.close()
        self.cookies = []
        self.is_text = mode == "text"
        if self.is_text:
            self.file = tempfile.TemporaryFile("w+", encoding=encoding, newline=NEWLINES[newline], errors=errors)
            self.raw = self.file.buffer
        else:
            self.file = tempfile.TemporaryFile("w+b")
            self.raw = self.file
        return 0

    def write(self, data=""):
        data = bytes.fromhex(data)
        self.file.write(data.decode("utf-8") if self.is_text else data)
        return 0

    def read(self, size):
        return self.file.read(int(size))

    def line(self):
        return self.file.readline()

    def seek(self, offset, whence):
        offset, whence = int(offset), int(whence)
        if not self.is_text and (0, self.file.tell(), self.size())[whence] + offset < 0:
            # CPython refuses it as well, but reports wrong positions afterwards.
            raise ValueError
        position = self.file.seek(offset, whence)
        return 0 if self.is_text else position

    def tell(self):
        position = self.file.tell()
        if not self.is_text:
            return position
        self.cookies.append(position)
        return 0

    def cookie(self, index):
        self.file.seek(self.cookies[int(index) % len(self.cookies)] if self.cookies else 0)
        return 0

    def sync(self):
        self.file.seek(self.file.tell())
        return 0

    def truncate(self, size):
        self.file.truncate(int(size))
        return 0

    def flush(self):
        self.file.flush()
        return 0

    def size(self):
        self.file.flush()
        return os.fstat(self.file.fileno()).st_size

    def content(self):
        self.file.flush()
        return os.pread(self.file.fileno(), 10_000_000, 0)


def main():
    runner = Runner()
    out = []
    for program_line in sys.stdin.buffer.read().decode("ascii").splitlines():
        verb, *arguments = program_line.split(" ")
        try:
            out.append(describe(getattr(runner, verb)(*arguments)))
        except (ValueError, OSError):
            out.append("refused")
    sys.stdout.buffer.write("\n".join(out).encode("ascii") + b"\n")


main()
