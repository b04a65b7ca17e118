package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Recognises and removes relative to an open handle of the directory: whatever happens to the path meanwhile, what is
 * looked at and what is removed are entries of the same directory.
 */
final class SecureDirectory extends PortableDirectory {

    /** Kept open until {@link #release()}; null: then each removal opens one of its own. */
    private volatile @Nullable SecureDirectoryStream<Path> held;

    private final PathDirectory byPath;

    SecureDirectory(Path path, @Nullable Identity identity) {
        super(path, identity);
        this.byPath = new PathDirectory(path, identity);
    }

    @Override
    public void hold() throws IOException {
        if (held != null) {
            return;
        }
        try {
            held = openStream();
        } catch (FileSystemException notReadable) {
            // Then each removal does without, or says why it cannot.
        }
    }

    @SuppressWarnings("StreamResourceLeak") // it is the caller's to close
    private SecureDirectoryStream<Path> openStream() throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path());
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException(path() + " is not on the file system any more that it was on");
    }

    @Override
    public void release() {
        SecureDirectoryStream<Path> open = held;
        held = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException readOnlyAnyway) {
                // Nothing was written by it that could be lost.
            }
        }
    }

    @Override
    public Removal removeFile(String name, Identity identity) throws IOException {
        return remove(name, identity, false);
    }

    @Override
    public Removal removeTree(String name, Identity identity) throws IOException {
        return remove(name, identity, true);
    }

    private Removal remove(String name, Identity identity, boolean tree) throws IOException {
        SecureDirectoryStream<Path> stream = held;
        if (stream != null) {
            try {
                Removal removal = remove(stream, name, identity, tree);
                // Nothing there and yet something at the path: the directory held was itself moved or made anew.
                if (removal != Removal.ABSENT || Files.notExists(resolve(name), NOFOLLOW_LINKS)) {
                    return removal;
                }
                forgetIdentity();
            } catch (ClosedDirectoryStreamException released) {
                // By the end of the space, which did not wait any longer for this thread.
            }
        }
        SecureDirectoryStream<Path> own;
        try {
            own = openStream();
        } catch (NoSuchFileException directoryIsGone) {
            return Removal.ABSENT;
        } catch (FileSystemException noHandle) {
            // Entries can be made and removed in a directory that cannot be read (mode 0300); and when descriptors
            // have run out, removing must not fail for want of one more.
            return tree ? SecureTreeRemoval.removeByPath(resolve(name), identity) : byPath.removeFile(name, identity);
        }
        try (own) {
            return remove(own, name, identity, tree);
        }
    }

    private Removal remove(SecureDirectoryStream<Path> stream, String name, Identity identity, boolean tree)
            throws IOException {
        return tree
                ? SecureTreeRemoval.remove(stream, resolve(name), identity)
                : removeFile(stream, fileName(name), identity);
    }

    private static Removal removeFile(SecureDirectoryStream<Path> directory, Path name, Identity identity)
            throws IOException {
        try {
            BasicFileAttributes found = directory
                    .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                    .readAttributes();
            if (!Identity.of(found).equals(identity)) {
                return Removal.STRANGER;
            }
            directory.deleteFile(name);
            return Removal.REMOVED;
        } catch (NoSuchFileException gone) {
            return Removal.ABSENT;
        }
    }

    private Path fileName(String name) {
        return path().getFileSystem().getPath(name);
    }
}
