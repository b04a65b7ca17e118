"""The worker of Python's tempfile and shutil; see Worker.java for what it is told and what it answers."""

import os
import shutil
import sys
import tempfile
import threading
import time

CONTENT = bytes(4096)


def nameless(directory):
    tempfile.TemporaryFile(dir=directory, buffering=0).close()


def named(directory):
    tempfile.NamedTemporaryFile(dir=directory, buffering=0).close()


def directory(parent):
    tempfile.TemporaryDirectory(dir=parent).cleanup()


def persist(directory):
    with tempfile.NamedTemporaryFile(dir=directory, buffering=0, delete=False) as file:
        file.write(CONTENT)
        os.replace(file.name, directory + "/target-of-python")


WORKS = {"nameless": nameless, "named": named, "directory": directory, "persist": persist, "remove": shutil.rmtree}


def loop(work, where, operations):
    for _ in range(operations):
        work(where)


used = set()
for line in sys.stdin:
    name, where, threads, operations = line.split()
    try:
        work = WORKS[name]
        used.add(where)
        start = time.perf_counter_ns()
        if threads == "1":
            loop(work, where, int(operations))
        else:
            all_threads = [threading.Thread(target=loop, args=(work, where, int(operations))) for _ in range(int(threads))]
            for each in all_threads:
                each.start()
            for each in all_threads:
                each.join()
        print(time.perf_counter_ns() - start, flush=True)
    except KeyError:
        print("?", flush=True)
    except (OSError, RecursionError) as failure:
        print("!" + type(failure).__name__ + " " + str(failure)[:200].replace("\n", " "), flush=True)
for where in used:
    target = where + "/target-of-python"
    if os.path.exists(target):
        os.remove(target)
