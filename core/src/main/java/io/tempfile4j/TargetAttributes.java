package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.platform.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The permissions, owner and group that a file is to have at its target; it gets them before it is there, so that nobody
 * ever sees it there with others.
 */
final class TargetAttributes {

    private final @Nullable PosixFileAttributes replaced;
    private final @Nullable Set<PosixFilePermission> otherwise;

    /**
     * Those of the regular file that is replaced, if there is one and {@code keep} says so.
     *
     * @param otherwise the permissions if there is not; null to leave them as they are
     */
    TargetAttributes(Path target, boolean keep, @Nullable Set<PosixFilePermission> otherwise) throws IOException {
        this.replaced = keep ? ofFile(target) : null;
        this.otherwise = otherwise;
    }

    /** Those of the file at the path; null if there is none, or it is no file, or the provider has no such attributes. */
    static @Nullable PosixFileAttributes ofFile(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return null;
        }
        try {
            PosixFileAttributes found =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile() ? found : null;
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /**
     * Gives them to the file.
     *
     * @param made the permissions it was made with: if it has others, somebody wanted it so, or the file system has none
     * @return takes them away again
     */
    Undo giveTo(LivingEntry entry, Set<PosixFilePermission> made) throws IOException {
        Path path = entry.path();
        PosixFileAttributes before = ofFile(path);
        if (before == null) {
            return () -> {};
        }
        Set<PosixFilePermission> has = before.permissions();
        Set<PosixFilePermission> wanted = has.equals(made) && otherwise != null ? otherwise : has;
        Undo undo = () -> {};
        if (replaced != null) {
            undo = () -> takeBack(entry, before);
            boolean sameGroup = Owner.give(path, before, replaced);
            wanted = sameGroup ? replaced.permissions() : withoutGroup(replaced.permissions());
        }
        if (wanted.equals(has)) {
            return undo;
        }
        try {
            entry.setPermissions(wanted);
        } catch (Throwable failure) {
            undo.after(failure);
            throw failure;
        }
        return () -> takeBack(entry, before);
    }

    /** What a group may do, another one may not do for that reason. */
    static Set<PosixFilePermission> withoutGroup(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> less = EnumSet.noneOf(PosixFilePermission.class);
        less.addAll(permissions);
        if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
            less.remove(PosixFilePermission.GROUP_READ);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            less.remove(PosixFilePermission.GROUP_WRITE);
        }
        if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            less.remove(PosixFilePermission.GROUP_EXECUTE);
        }
        return less;
    }

    private static void takeBack(LivingEntry entry, PosixFileAttributes before) throws IOException {
        entry.setPermissions(before.permissions());
        PosixFileAttributes now = ofFile(entry.path());
        if (now != null) {
            Owner.give(entry.path(), now, before);
        }
    }

    /** What is done when the file does not come to its target. */
    @FunctionalInterface
    interface Undo {
        void run() throws IOException;

        default void after(Throwable failure) {
            try {
                run();
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
        }
    }
}
