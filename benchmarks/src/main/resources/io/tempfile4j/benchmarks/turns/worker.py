"""What Python's tempfile takes for what PairedCreate measures: create.py KIND DIRECTORY OPERATIONS prints nanoseconds."""

import sys
import tempfile
import time

kind, directory, operations = sys.argv[1], sys.argv[2], int(sys.argv[3])
make = tempfile.TemporaryFile if kind == "nameless" else tempfile.NamedTemporaryFile
start = time.perf_counter_ns()
for _ in range(operations):
    make(dir=directory, buffering=0).close()
print((time.perf_counter_ns() - start) / operations)
