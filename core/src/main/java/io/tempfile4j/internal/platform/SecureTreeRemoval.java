package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.platform.Directory.Removal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Removes a tree relative to open directory handles.
 *
 * <p>A sub-directory is entered by opening it without following links, so that one which is swapped for a link after
 * it was looked at is not entered (CVE-2023-6597 is what happens otherwise). Each level of depth takes a descriptor.
 */
final class SecureTreeRemoval {

    private final Remnants remnants;

    private SecureTreeRemoval(Path root) {
        this.remnants = new Remnants(root);
    }

    /** Removes {@code root}, an entry of {@code parent}, if it is the one that is meant. */
    static Removal remove(SecureDirectoryStream<Path> parent, Path root, Identity identity) throws IOException {
        Path name = root.getFileName();
        try {
            if (!identityOf(parent, name).equals(identity)) {
                return Removal.STRANGER;
            }
            SecureTreeRemoval removal = new SecureTreeRemoval(root);
            try (SecureDirectoryStream<Path> opened = parent.newDirectoryStream(name, NOFOLLOW_LINKS)) {
                // Asked of the handle itself: from here on nothing can be put in its place.
                if (!Identity.of(attributesOf(opened)).equals(identity)) {
                    return Removal.STRANGER;
                }
                removal.empty(opened, root);
            }
            removal.deleteDirectory(parent, name, root);
            removal.remnants.throwIfAny();
            return Removal.REMOVED;
        } catch (NoSuchFileException gone) {
            return Removal.ABSENT;
        }
    }

    /** The same without a handle of the parent: the root is opened by its path, and asked who it is. */
    static Removal removeByPath(Path root, Identity identity) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            SecureTreeRemoval removal = new SecureTreeRemoval(root);
            if (!(stream instanceof SecureDirectoryStream<Path> opened)
                    || !Identity.of(attributesOf(opened)).equals(identity)) {
                return Removal.STRANGER;
            }
            removal.empty(opened, root);
            removal.remnants.throwIfAny();
            // rmdir(2) removes neither a link nor a directory with something in it.
            Files.delete(root);
            return Removal.REMOVED;
        } catch (NoSuchFileException gone) {
            return Removal.ABSENT;
        }
    }

    private void empty(SecureDirectoryStream<Path> directory, Path path) {
        try {
            for (Path entry : directory) {
                Path name = entry.getFileName();
                try {
                    removeEntry(directory, name, path.resolve(name));
                } catch (NoSuchFileException gone) {
                    // It was to go anyway.
                } catch (IOException cause) {
                    remnants.add(path.resolve(name), cause);
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            remnants.add(path, Objects.requireNonNull(unreadable.getCause()));
        }
    }

    private void removeEntry(SecureDirectoryStream<Path> directory, Path name, Path path) throws IOException {
        if (!attributesOf(directory, name).isDirectory()) {
            directory.deleteFile(name);
            return;
        }
        try (SecureDirectoryStream<Path> opened = directory.newDirectoryStream(name, NOFOLLOW_LINKS)) {
            empty(opened, path);
        }
        deleteDirectory(directory, name, path);
    }

    private void deleteDirectory(SecureDirectoryStream<Path> parent, Path name, Path path) {
        try {
            parent.deleteDirectory(name);
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException cause) {
            remnants.add(path, cause);
        }
    }

    private static Identity identityOf(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        return Identity.of(attributesOf(parent, name));
    }

    private static BasicFileAttributes attributesOf(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        return parent.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
    }

    private static BasicFileAttributes attributesOf(SecureDirectoryStream<Path> opened) throws IOException {
        return opened.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }
}
