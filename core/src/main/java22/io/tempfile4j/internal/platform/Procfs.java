package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The paths that proc(5) gives to open descriptors, by which the JDK opens channels on what is open already. */
final class Procfs {

    static final String DESCRIPTORS = "/proc/self/fd";

    /** Positions that every file system takes are below 2 GiB. */
    private static final int MAX_MARK = Integer.MAX_VALUE;

    /** More descriptors than this a process cannot have, unless the machine was set up for it. */
    private static final int MAX_DESCRIPTORS = 1 << 20;

    private Procfs() {}

    static String pathOf(int descriptor) {
        return DESCRIPTORS + "/" + descriptor;
    }

    /**
     * Opens a channel of the JDK on the file of a descriptor, with a position and a life of its own.
     *
     * @param shown what failures call the file
     */
    static FileChannel open(int descriptor, Path shown, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> following = new HashSet<>(options);
        // What proc(5) shows are links; that what they lead to is none was seen to when it was opened.
        following.remove(LinkOption.NOFOLLOW_LINKS);
        return open(Path.of(pathOf(descriptor)), shown, following).channel();
    }

    /**
     * Opens a channel of the JDK and sees to it that no child inherits it.
     *
     * <p>An interrupt closes a channel that is asked for its position; but only opening one does not fail by it.
     */
    static Opened open(Path path, Path shown, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return openOnce(path, shown, options, attributes);
                } catch (ClosedByInterruptException justNow) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Opened openOnce(
            Path path, Path shown, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, options, attributes);
        } catch (FileSystemException failure) {
            throw path.equals(shown) ? failure : renamed(failure, shown.toString());
        }
        try {
            int found = descriptorOf(channel);
            if (found >= 0) {
                closeOnExec(found);
            }
            return new Opened(channel, found);
        } catch (Throwable failure) {
            Undo.close(failure, channel);
            if (options.contains(StandardOpenOption.CREATE_NEW)) {
                Files.deleteIfExists(path);
            }
            throw failure;
        }
    }

    /** A channel and its descriptor, which is negative if it was not found. */
    record Opened(FileChannel channel, int descriptor) {}

    /**
     * The descriptor of a channel that nobody else has yet: the JDK does not tell, but the kernel tells the position of
     * each, and the one that follows where the channel is moved to is the channel's.
     *
     * @return negative if it is not found
     */
    private static int descriptorOf(FileChannel channel) throws IOException {
        long before = channel.position();
        int found = find(channel);
        channel.position(before);
        return found;
    }

    private static int find(FileChannel channel) throws IOException {
        Scratch scratch = Scratch.take();
        try {
            int mark = mark(channel);
            for (int candidate = 0; candidate < MAX_DESCRIPTORS; candidate++) {
                // Other threads' descriptors come and go, which does not matter: asking changes nothing.
                if (isAt(scratch, candidate, mark) && isAt(scratch, candidate, mark(channel))) {
                    return candidate;
                }
            }
            return -1;
        } finally {
            scratch.give();
        }
    }

    private static int mark(FileChannel channel) throws IOException {
        int mark = ThreadLocalRandom.current().nextInt(1, MAX_MARK);
        channel.position(mark);
        return mark;
    }

    private static boolean isAt(Scratch scratch, int descriptor, int mark) {
        return Libc.lseek(scratch, descriptor, 0, LinuxAbi.SEEK_CUR) == mark;
    }

    private static void closeOnExec(int descriptor) {
        Scratch scratch = Scratch.take();
        try {
            Libc.fcntl(scratch, descriptor, LinuxAbi.F_SETFD, LinuxAbi.FD_CLOEXEC);
        } finally {
            scratch.give();
        }
    }

    /** The same failure, of the file and not of its descriptor. */
    private static FileSystemException renamed(FileSystemException failure, String shown) {
        String reason = failure.getReason();
        return switch (failure) {
            case AccessDeniedException denied -> new AccessDeniedException(shown, null, reason);
            case NoSuchFileException gone -> new NoSuchFileException(shown, null, reason);
            case FileAlreadyExistsException taken -> new FileAlreadyExistsException(shown, null, reason);
            default -> new FileSystemException(shown, null, reason);
        };
    }
}
