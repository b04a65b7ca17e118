package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.platform.Attributes;
import io.tempfile4j.internal.platform.Owner;
import java.io.IOException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The permissions, owner and group that a file is to have at its target; it gets them before it is there, so that nobody
 * ever sees it there with others.
 */
final class TargetAttributes {

    private final @Nullable Attributes replaced;
    private final @Nullable Set<PosixFilePermission> otherwise;

    /**
     * Those of the regular file that is replaced, if there is one.
     *
     * @param replaced null not to ask for them
     * @param otherwise the permissions if there is none; null to leave them as they are
     */
    TargetAttributes(@Nullable Attributes replaced, @Nullable Set<PosixFilePermission> otherwise) {
        this.replaced = ofFile(replaced);
        this.otherwise = otherwise;
    }

    /** The same if it is a file and has permissions; else null. */
    static @Nullable Attributes ofFile(@Nullable Attributes found) {
        return found != null && found.isRegularFile() && found.permissions() != null ? found : null;
    }

    /**
     * Gives them to the file.
     *
     * @param before what it has now; null if it is no file, or has none
     * @param made the permissions it was made with: if it has others, somebody wanted it so, or the file system has none
     * @return takes them away again
     */
    Undo giveTo(LivingEntry entry, @Nullable Attributes before, Set<PosixFilePermission> made) throws IOException {
        if (before == null) {
            return () -> {};
        }
        Set<PosixFilePermission> has = permissions(before);
        Set<PosixFilePermission> wanted = has.equals(made) && otherwise != null ? otherwise : has;
        Undo undo = () -> {};
        if (replaced != null) {
            undo = () -> takeBack(entry, before);
            boolean sameGroup = Owner.give(entry.path(), before, replaced);
            wanted = sameGroup ? permissions(replaced) : withoutGroup(permissions(replaced));
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

    private static Set<PosixFilePermission> permissions(Attributes ofFile) {
        return Objects.requireNonNull(ofFile.permissions());
    }

    private static void takeBack(LivingEntry entry, Attributes before) throws IOException {
        entry.setPermissions(permissions(before));
        Attributes now = ofFile(entry.attributes());
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
