package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingHandle;
import io.tempfile4j.internal.lifetime.LivingResource;
import io.tempfile4j.internal.platform.Attributes;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Location;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of persist. What has a name on the target's file system is moved; everything else first gets one next to the
 * target, by a link or as a copy, and is moved from there. So the target never shows a part.
 */
final class Persistence {

    /** Until it has its own permissions, a copy has none for others. */
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final TempSpace space;
    private final Source source;
    private final Path target;
    private final Directory directory;
    private final String name;
    private final boolean replace;
    private final boolean durable;
    private final TargetAttributes attributes;

    /** What the source has, if it is a file with a name and has any. */
    private final @Nullable Attributes before;

    private Persistence(TempSpace space, Source source, Path target, Set<PersistOption> options) throws IOException {
        this.space = space;
        this.source = source;
        this.target = target;
        this.replace = !options.contains(PersistOption.NO_CLOBBER);
        this.durable = options.contains(PersistOption.DURABLE);
        Path parent = target.getParent();
        if (parent == null) {
            throw new FileSystemException(target.toString(), null, "is the root of a file system");
        }
        this.name = target.getFileName().toString();
        this.directory = space.open(parent);
        Attributes there = directory.attributes(name);
        if (replace && there != null && there.isSymbolicLink() && Files.notExists(target)) {
            // Replaced, it would hide that the disk it leads to is not there.
            throw new NoSuchFileException(target.toString(), null, "is a symbolic link that leads nowhere");
        }
        if (replace && there != null && !isTree(source)) {
            // Before anything is written; checked again by the rename.
            there.requireReplaceable(target);
        }
        this.before =
                source.resource() instanceof LivingEntry entry ? TargetAttributes.ofFile(entry.attributes()) : null;
        boolean keep = options.contains(PersistOption.KEEP_TARGET_ATTRIBUTES);
        this.attributes = new TargetAttributes(keep ? there : null, permissions());
    }

    /** Whether the source is a directory: the system lets it replace an empty directory only. */
    private static boolean isTree(Source source) {
        return source.resource() instanceof LivingEntry entry && entry.isTree();
    }

    /** What it has to have if nothing there says otherwise; what somebody has changed stays so. */
    private @Nullable Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> now = before == null ? null : before.permissions();
        if (now != null && (!source.isFresh() || !now.equals(space.filePermissions()))) {
            return now;
        }
        return source.isFresh() ? space.persistedPermissions() : null;
    }

    /**
     * Persists it; called by one thread at a time for each source, which nobody else closes meanwhile.
     *
     * @return the target, absolute
     * @throws PersistException if it is not there; nothing has changed then
     * @throws IOException if it is there, but may not survive a power cut
     */
    static Path persist(TempSpace space, Source source, Path target, PersistOption... options) throws IOException {
        Objects.requireNonNull(target, "target");
        List<PersistOption> listed = List.of(Objects.requireNonNull(options, "options"));
        Set<PersistOption> asked = EnumSet.noneOf(PersistOption.class);
        asked.addAll(listed);
        LivingResource before = source.resource();
        String described = before.toString();
        if (!before.claim()) {
            throw source.ended();
        }
        Persistence persistence;
        try {
            source.flush();
            persistence = new Persistence(space, source, Location.absoluteEntry(target), asked);
            persistence.place(before);
        } catch (Throwable failure) {
            before.claimFailed = true;
            before.release();
            if (failure instanceof IOException cause) {
                throw PersistException.of(described, target, cause);
            }
            throw failure;
        }
        persistence.forceName();
        return persistence.target;
    }

    private void place(LivingResource resource) throws IOException {
        if (resource instanceof LivingEntry entry && tryMove(entry)) {
            return;
        }
        LivingEntry beside = space.entryIn(directory);
        try {
            beside.plan();
            boolean linked = nameBeside(beside);
            if (!linked) {
                source.copyTo(Objects.requireNonNull(beside.handle()));
            }
            persistFromBeside(beside, resource, linked);
        } catch (Throwable failure) {
            beside.creationFailed = true;
            beside.abandon(failure);
            throw failure;
        }
    }

    /** Renames it; false when it is to be copied, being on another file system. */
    private boolean tryMove(LivingEntry entry) throws IOException {
        AtomicMoveNotSupportedException otherFileSystem;
        if (entry.path().getFileSystem().equals(target.getFileSystem())) {
            try {
                LivingEntry persisted = move(entry, entry.handle(), before, space.filePermissions());
                source.become(persisted, false);
                entry.moved();
                return true;
            } catch (AtomicMoveNotSupportedException otherDevice) {
                otherFileSystem = otherDevice;
            }
        } else {
            otherFileSystem = new AtomicMoveNotSupportedException(
                    entry.path().toString(), target.toString(), "these are file systems of two providers");
        }
        if (!entry.isRegularFile()) {
            throw otherFileSystem;
        }
        return false;
    }

    /** Whether what has that name is the file itself, not an empty one. */
    private boolean nameBeside(LivingEntry beside) throws IOException {
        FileHandle unnamed = source.unnamed();
        return space.chooseBeside(directory, temporary -> {
            beside.planned(temporary, true);
            if (unnamed != null && unnamed.link(directory, temporary)) {
                beside.made(directory.identify(temporary), null);
                return true;
            }
            Directory.MadeFile file = directory.createFile(temporary, PRIVATE);
            beside.made(file.identity(), file.handle());
            return false;
        });
    }

    private void persistFromBeside(LivingEntry beside, LivingResource resource, boolean linked) throws IOException {
        if (!beside.claim()) {
            throw new IOException("the program is ending, " + beside + " is removed");
        }
        try {
            FileHandle handle = linked ? source.unnamed() : beside.handle();
            Attributes now = TargetAttributes.ofFile(beside.attributes());
            LivingEntry persisted = move(beside, handle, now, linked ? space.filePermissions() : PRIVATE);
            source.become(persisted, !linked);
            beside.moved();
        } catch (Throwable failure) {
            beside.claimFailed = true;
            beside.release();
            throw failure;
        }
        if (linked && resource instanceof LivingHandle handle) {
            handle.disown();
        }
        resource.superseded();
    }

    /** By the handle that is open, if there is one: what is opened once more an interrupt would close. */
    private static void force(LivingEntry entry, @Nullable FileHandle handle) throws IOException {
        if (handle != null && handle.isOpen()) {
            handle.force(true);
        } else {
            entry.force();
        }
    }

    private LivingEntry move(
            LivingEntry entry, @Nullable FileHandle handle, @Nullable Attributes now, Set<PosixFilePermission> made)
            throws IOException {
        // All that can fail is done before it is visible.
        LivingEntry persisted = entry.keptAt(directory, name, handle);
        TargetAttributes.Undo undo = attributes.giveTo(entry, now, made);
        try {
            if (durable) {
                force(entry, handle);
            }
            entry.rename(directory, name, replace);
            return persisted;
        } catch (Throwable failure) {
            undo.after(failure);
            throw failure;
        }
    }

    private void forceName() throws IOException {
        if (!durable) {
            return;
        }
        try {
            directory.force();
        } catch (IOException failure) {
            FileSystemException described = new FileSystemException(
                    target.toString(),
                    null,
                    "is persisted, but may not survive a power cut: its directory could not be forced to the device: "
                            + failure);
            described.initCause(failure);
            throw described;
        }
    }

    /** What is persisted. */
    interface Source {

        /** What is responsible for it. */
        LivingResource resource();

        /** Throws, or returns to be thrown, what says that it has ended already. */
        IOException ended();

        /** Whether its permissions are those of a file of ours that was never persisted. */
        boolean isFresh();

        /** Brings all that was written to where {@link #copyTo} finds it. */
        void flush() throws IOException;

        /** The handle of a file without a name; null for anything else. */
        @Nullable
        FileHandle unnamed();

        /** Copies the content into an empty file. */
        void copyTo(FileHandle file) throws IOException;

        /** From now on it is this. If it is a copy, it uses the handle of that, or closes it. */
        void become(LivingEntry persisted, boolean copy);
    }
}
