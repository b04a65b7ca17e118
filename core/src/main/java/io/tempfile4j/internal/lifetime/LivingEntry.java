package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.journal.Journal;
import io.tempfile4j.internal.platform.Attributes;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.Directory.Removal;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Identity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entry of a directory, removed by name if it still is what was made. */
public final class LivingEntry extends LivingResource {

    private final Directory directory;
    private final boolean ignoreFailure;
    private final Journal journal;

    /** In the journal. */
    private int entry = Journal.NONE;

    private @Nullable String name;
    private boolean unguessable;
    private @Nullable Identity identity;

    /** Whether the caller's code has created it, though its identity is not known yet. */
    private boolean createdByCaller;

    /** Whether it existed before: then no failure removes it. */
    private boolean adopting;

    private volatile @Nullable FileHandle handle;

    /** Whether it has the name by which its handle was opened: what the handle does by name it can do only then. */
    private boolean hasItsName = true;

    public LivingEntry(Registry registry, Kind kind, Directory directory, boolean ignoreFailure, Journal journal) {
        super(registry, kind);
        this.directory = directory;
        this.ignoreFailure = ignoreFailure;
        this.journal = journal;
    }

    /** What is kept under another name. */
    private LivingEntry(LivingEntry moved, Directory directory, String name, @Nullable FileHandle handle) {
        super(moved);
        this.directory = directory;
        this.ignoreFailure = moved.ignoreFailure;
        this.name = name;
        this.identity = moved.identity;
        this.handle = handle;
        this.hasItsName = false;
        this.journal = Journal.off();
    }

    /**
     * Says under which name it is going to be made.
     *
     * @param unguessable whether the name is so random that nothing else can have it
     */
    public void planned(String plannedName, boolean unguessable) {
        offRecord();
        this.unguessable = unguessable;
        name = plannedName;
        entry = journal.plan(directory, plannedName, unguessable);
    }

    /** Records that the caller's code has returned without a failure: an entry of any kind may be there. */
    public void createdByCaller() {
        createdByCaller = true;
    }

    /** Says what was made, and by which handle it is open, if any. */
    public void made(Identity made, @Nullable FileHandle opened) throws IOException {
        identity = made;
        handle = opened;
        journal.made(entry, made);
        made();
    }

    /**
     * Takes over the directory that is at the name; when the registry is closed meanwhile, it stays.
     *
     * @throws NotDirectoryException if it is none, or leads to one elsewhere
     */
    public void adopt(String presentName) throws IOException {
        adopting = true;
        name = presentName;
        Path path = path();
        // First: what comes to the path later is not what this takes over, whatever is looked at in between.
        Identity found = directory.identify(presentName);
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // A junction is a directory and something else besides.
        if (!found.directory() || attributes.isOther()) {
            throw new NotDirectoryException(path.toString());
        }
        identity = found;
        adopted();
    }

    /** Whether it is a directory, to be removed with all that is in it. */
    public boolean isTree() {
        return identity != null && identity.directory();
    }

    public Path path() {
        return directory.path().resolve(Objects.requireNonNull(name));
    }

    /** Opens it once more, if it still is what was made. */
    public FileChannel open(Set<? extends OpenOption> options) throws IOException {
        return directory.open(Objects.requireNonNull(name), Objects.requireNonNull(identity), options);
    }

    /** The handle by which it is open, if any; perhaps closed. */
    public @Nullable FileHandle handle() {
        return handle;
    }

    private @Nullable FileHandle openHandle() {
        FileHandle open = handle;
        return open != null && open.isOpen() ? open : null;
    }

    /** Of what is there now; null if nothing is. */
    public @Nullable Attributes attributes() throws IOException {
        return directory.attributes(Objects.requireNonNull(name));
    }

    /** Sets its permissions, if it still is what was made; does nothing where there are none. */
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        FileHandle open = openHandle();
        if (open != null && hasItsName) {
            open.setPermissions(permissions);
        } else {
            directory.setPermissions(Objects.requireNonNull(name), Objects.requireNonNull(identity), permissions);
        }
    }

    /** Forces what is in it to the device; of what is no file there is nothing to force. */
    public void force() throws IOException {
        FileHandle open = openHandle();
        if (open != null) {
            open.force(true);
        } else if (isRegularFile()) {
            try (FileChannel channel = openToForce()) {
                channel.force(true);
            }
        }
    }

    /** Whether what is there is a file: opening a pipe, say, would wait for somebody at its other end. */
    public boolean isRegularFile() {
        return Files.isRegularFile(path(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Windows forces only what may be written; a file may be made read-only. */
    private FileChannel openToForce() throws IOException {
        try {
            return open(Set.of(StandardOpenOption.WRITE));
        } catch (AccessDeniedException readOnly) {
            return open(Set.of(StandardOpenOption.READ));
        }
    }

    /** Moves it, if it still is what was made; then {@link #keptAt} is what it has become. */
    public void rename(Directory to, String target, boolean replace) throws IOException {
        directory.rename(Objects.requireNonNull(name), Objects.requireNonNull(identity), to, target, replace);
    }

    /** The same thing, kept under another name, open by the handle given, if any. */
    public LivingEntry keptAt(Directory place, String newName, @Nullable FileHandle openAs) {
        return new LivingEntry(this, place, newName, openAs);
    }

    /** Gives back the handle; the entry lives on. */
    public void closeHandle() throws IOException {
        FileHandle open = handle;
        if (open != null) {
            open.close();
        }
    }

    @Override
    protected void remove(boolean kept) throws IOException {
        // Closed last: as long as it is open nobody else's file can have the same inode, and so be taken for this one.
        try (FileHandle open = handle) {
            if (!kept) {
                removeEntry();
            }
            // Of what is kept as well: an Error may have ended that before it was off the record.
            offRecord();
        }
    }

    /**
     * Whether it may exist. An exception of the back-end is thrown when nothing was created or all was undone; what could not
     * be undone is a suppressed exception. An Error may come after the system call, and prevent undoing.
     */
    @Override
    protected boolean mayExist(Throwable failure) {
        return name != null
                && !adopting
                && (createdByCaller || comesOfAnError(failure) || failure.getSuppressed().length > 0);
    }

    private static boolean comesOfAnError(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!(cause instanceof Exception)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected boolean removeName() throws IOException {
        removeEntry();
        offRecord();
        return true;
    }

    @Override
    protected boolean isRecorded() {
        return entry != Journal.NONE;
    }

    @Override
    protected void kept() {
        offRecord();
    }

    @Override
    protected void neverMade() {
        offRecord();
    }

    /** Synchronized: the slot of an entry that was cleared twice would be given to two others. */
    private synchronized void offRecord() {
        journal.clear(entry);
        entry = Journal.NONE;
    }

    private void removeEntry() throws IOException {
        String present = name;
        if (present == null || (creationFailed && adopting)) {
            return;
        }
        Identity made = identity;
        if (made == null) {
            if (!createdByCaller) {
                removeUnknown(present);
                return;
            }
            try {
                made = directory.identify(present);
            } catch (NoSuchFileException nothingCreated) {
                return;
            }
        }
        Removal removal = made.directory() ? directory.removeTree(present, made) : directory.removeFile(present, made);
        if (removal != Removal.STRANGER) {
            return;
        }
        if (made.directory()) {
            throw new FileSystemException(
                    path().toString(), null, "not removed: something else is there now, not the directory made");
        }
        Registry.logger()
                .log(
                        System.Logger.Level.WARNING,
                        "not removed: something else is there now, not the file made: {0}",
                        path());
    }

    /**
     * Removes the entry at the name, if there is one, after a creation that ended in an Error: a file, or a directory that is
     * empty, for nobody has got it. Follows no link; who could place another entry there could also have removed it.
     */
    private void removeUnknown(String present) throws IOException {
        if (unguessable) {
            Files.deleteIfExists(path());
        } else if (directory.attributes(present) != null) {
            throw new FileSystemException(
                    path().toString(),
                    null,
                    "not removed: its creation failed with an error, and others could have the name");
        }
    }

    @Override
    Directory directory() {
        return directory;
    }

    @Override
    void refresh() {
        String present = name;
        Identity made = identity;
        if (present != null && made != null) {
            try {
                directory.touch(present, made);
            } catch (IOException | RuntimeException failure) {
                Registry.logger().log(System.Logger.Level.DEBUG, "could not touch " + this, failure);
            }
        }
    }

    @Override
    public long knownSize() {
        return LivingHandle.sizeOf(handle);
    }

    @Override
    protected boolean ignoresFailure() {
        return ignoreFailure;
    }

    @Override
    public String toString() {
        return name == null ? "an entry of " + directory.path() : path().toString();
    }
}
