package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens channels on a file whose name is gone.
 *
 * <p>Linux offers every open file of a process under {@code /proc/self/fd} (proc(5)), so there nothing is done until a
 * channel is asked for. Elsewhere one channel must be opened while there still is a name, in case it will be.
 */
final class UnlinkedChannels implements PortableDirectory.Channels {

    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");
    private static final boolean HAVE_PROC = Os.current() == Os.LINUX && Files.isDirectory(OWN_DESCRIPTORS);

    private final Path file;
    private final boolean inProc;
    private @Nullable FileChannel spare;

    UnlinkedChannels(Path file) {
        this.file = file;
        this.inProc = HAVE_PROC && file.getFileSystem().equals(FileSystems.getDefault());
    }

    /** Called while the file still has its name. */
    void beforeUnlink() throws IOException {
        if (inProc) {
            return;
        }
        try {
            spare = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException removedByAnother) {
            // The file is open, and works; only a channel on it there cannot be.
        }
    }

    @Override
    public Path path() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    @Override
    public String which() {
        return WITHOUT_NAME;
    }

    @Override
    public FileChannel open() throws IOException {
        if (!inProc) {
            if (spare == null || !spare.isOpen()) {
                throw new NoSuchFileException(
                        path().toString(), null, "there is no open channel, and without a name no other can be opened");
            }
            return spare;
        }
        return FileChannel.open(descriptor(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        if (!inProc) {
            throw new FileSystemException(
                    path().toString(), null, "there is no name left by which to set the permissions of a file");
        }
        // This link leads to the open file itself, wherever its name leads by now.
        Files.setPosixFilePermissions(descriptor(), permissions);
    }

    private Path descriptor() throws IOException {
        // The kernel shows the former name, which is random, followed by this mark.
        String formerName = "/" + file.getFileName() + " (deleted)";
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (linkTarget(descriptor).endsWith(formerName)) {
                    return descriptor;
                }
            }
        }
        throw new NoSuchFileException(
                path().toString(), null, "an open file without a name is not among " + OWN_DESCRIPTORS);
    }

    /** Other threads open and close descriptors meanwhile: one that is gone is not ours. */
    private static String linkTarget(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        if (spare != null) {
            spare.close();
        }
    }
}
