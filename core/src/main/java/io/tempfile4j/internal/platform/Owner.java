package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Gives a file to another owner and group.
 *
 * <p>NIO can do that by path only. Root must not do it where somebody may put a link to another file in place of the one
 * meant: so it is done only where nobody but this user and root can change what the path leads to.
 */
public final class Owner {

    private static final String NUMBERS = "unix:uid,gid";

    private Owner() {}

    /**
     * Whether both belong to the same user and group, by their numbers: to ask for the names, as {@link PosixFileAttributes}
     * does, takes longer than all else that is done to replace a file. False also where there are no numbers.
     */
    public static boolean isSame(Path one, Path other) throws IOException {
        return one.getFileSystem().supportedFileAttributeViews().contains("unix")
                && other.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.readAttributes(one, NUMBERS, NOFOLLOW_LINKS)
                        .equals(Files.readAttributes(other, NUMBERS, NOFOLLOW_LINKS));
    }

    /**
     * Gives the file what it lacks of the owner and the group wanted, as far as that is permitted.
     *
     * @return whether it has that group now
     */
    public static boolean give(Path file, PosixFileAttributes now, PosixFileAttributes wanted) throws IOException {
        boolean sameGroup = now.group().equals(wanted.group());
        boolean sameOwner = now.owner().equals(wanted.owner());
        if (sameGroup && sameOwner) {
            return true;
        }
        Path parent = file.getParent();
        if (parent == null
                || !file.getFileSystem().supportedFileAttributeViews().contains("unix")
                || Access.changeableByOthers(parent.toRealPath()) != null) {
            return sameGroup;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, NOFOLLOW_LINKS);
        if (!sameGroup) {
            sameGroup = isPermitted(() -> view.setGroup(wanted.group()));
        }
        if (!sameOwner) {
            isPermitted(() -> view.setOwner(wanted.owner()));
        }
        return sameGroup;
    }

    /** Who is not root may give nothing away, and only to groups of his. */
    private static boolean isPermitted(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException notPermitted) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }
}
