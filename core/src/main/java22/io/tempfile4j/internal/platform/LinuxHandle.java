package io.tempfile4j.internal.platform;

import io.tempfile4j.internal.platform.Errno.Operation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file, read and written by its descriptor: no interrupt is looked at, so none can close it. */
final class LinuxHandle implements FileHandle {

    private static final Set<OpenOption> READ_WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path directory;
    private final @Nullable String name;
    private final Descriptor descriptor;

    /** What it is called in messages is put together only for one; without a name it is one of a directory. */
    LinuxHandle(Path directory, @Nullable String name, Descriptor descriptor) {
        this.directory = directory;
        this.name = name;
        this.descriptor = descriptor;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int length = target.remaining();
        if (position > Long.MAX_VALUE - length) {
            // The system refuses what would reach beyond, where no file has a byte.
            return -1;
        }
        Scratch scratch = acquire();
        try {
            int read = target.isDirect()
                    ? Libc.pread(scratch, descriptor.number(), MemorySegment.ofBuffer(target), length, position)
                    : readToHeap(scratch, target, position);
            if (read < 0) {
                throw failure(-read, Operation.READ, position);
            }
            target.position(target.position() + read);
            return read == 0 && length > 0 ? -1 : read;
        } finally {
            release(scratch);
        }
    }

    /** Leaves the position of the buffer as it is. */
    private int readToHeap(Scratch scratch, ByteBuffer target, long position) {
        MemorySegment transfer = scratch.transfer();
        int length = Math.min(target.remaining(), Scratch.TRANSFER_BYTES);
        int read = Libc.pread(scratch, descriptor.number(), transfer, length, position);
        if (read > 0) {
            MemorySegment.copy(transfer, 0, MemorySegment.ofBuffer(target), 0, read);
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        Scratch scratch = acquire();
        try {
            int written = source.isDirect()
                    ? Libc.pwrite(
                            scratch, descriptor.number(), MemorySegment.ofBuffer(source), source.remaining(), position)
                    : writeFromHeap(scratch, source, position);
            if (written < 0) {
                throw failure(-written, Operation.WRITE, position);
            }
            source.position(source.position() + written);
            return written;
        } finally {
            release(scratch);
        }
    }

    private int writeFromHeap(Scratch scratch, ByteBuffer source, long position) {
        MemorySegment transfer = scratch.transfer();
        int length = Math.min(source.remaining(), Scratch.TRANSFER_BYTES);
        MemorySegment.copy(MemorySegment.ofBuffer(source), 0, transfer, 0, length);
        return Libc.pwrite(scratch, descriptor.number(), transfer, length, position);
    }

    @Override
    public long size() throws IOException {
        Scratch scratch = acquire();
        try {
            return size(scratch, Operation.SIZE, 0);
        } finally {
            release(scratch);
        }
    }

    private long size(Scratch scratch, Operation operation, long argument) throws IOException {
        int result = FileStatus.read(scratch, descriptor.number());
        if (result < 0) {
            throw failure(-result, operation, argument);
        }
        return FileStatus.in(scratch).size();
    }

    @Override
    public void truncate(long size) throws IOException {
        Scratch scratch = acquire();
        try {
            if (size < size(scratch, Operation.TRUNCATE, size)) {
                check(Libc.ftruncate(scratch, descriptor.number(), size), Operation.TRUNCATE, size);
            }
        } finally {
            release(scratch);
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        Scratch scratch = acquire();
        try {
            check(Libc.fsync(scratch, descriptor.number(), metaData), Operation.FORCE, 0);
        } finally {
            release(scratch);
        }
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        Scratch scratch = acquire();
        try {
            check(Libc.fchmod(scratch, descriptor.number(), Mode.of(permissions)), Operation.SET_PERMISSIONS, 0);
        } finally {
            release(scratch);
        }
    }

    @Override
    public boolean link(Directory target, String targetName) throws IOException {
        LinuxDirectory there = LinuxDirectory.of(target);
        if (there == null) {
            return false;
        }
        Scratch scratch = acquire();
        try {
            int result = there.link(scratch, descriptor.number(), targetName);
            return switch (-result) {
                case 0 -> true;
                // Another file system; one without links; a file whose name was removed, where none can be given.
                case LinuxAbi.EXDEV,
                        LinuxAbi.EPERM,
                        LinuxAbi.EMLINK,
                        LinuxAbi.ENOENT,
                        LinuxAbi.EINVAL,
                        LinuxAbi.ENOSYS,
                        LinuxAbi.EOPNOTSUPP -> false;
                case LinuxAbi.EEXIST -> throw new FileAlreadyExistsException(there.show(targetName));
                default -> throw Errno.exception(-result, there.show(targetName));
            };
        } finally {
            release(scratch);
        }
    }

    @Override
    public FileChannel channel() throws IOException {
        Scratch scratch = acquire();
        try {
            return Procfs.open(descriptor.number(), shown(), READ_WRITE);
        } finally {
            release(scratch);
        }
    }

    @Override
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public void close() throws IOException {
        Scratch scratch = Scratch.take();
        try {
            check(descriptor.close(scratch), Operation.CLOSE, 0);
        } finally {
            scratch.give();
        }
    }

    private Scratch acquire() throws ClosedChannelException {
        // First: should there be no memory for it, nothing was acquired.
        Scratch scratch = Scratch.take();
        if (!descriptor.acquire()) {
            scratch.give();
            throw new ClosedChannelException();
        }
        return scratch;
    }

    private void release(Scratch scratch) {
        descriptor.release(scratch);
        scratch.give();
    }

    private void check(int result, Operation operation, long argument) throws IOException {
        if (result < 0) {
            throw failure(-result, operation, argument);
        }
    }

    private IOException failure(int number, Operation operation, long argument) {
        String which = name == null ? PortableDirectory.Channels.WITHOUT_NAME : "";
        return Errno.exception(number, shown().toString(), operation, argument, which);
    }

    private Path shown() {
        return name == null ? directory : directory.resolve(name);
    }
}
