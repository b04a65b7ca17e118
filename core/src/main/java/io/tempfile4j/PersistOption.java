package io.tempfile4j;

import java.nio.file.Path;

/**
 * How something is persisted.
 *
 * @see FileObject#persist(Path, PersistOption...)
 */
public enum PersistOption {
    /**
     * Never replaces anything, also not what another process puts there in the same instant: then {@link
     * PersistException}, with the cause {@link java.nio.file.FileAlreadyExistsException}. Rust: {@code
     * persist_noclobber}.
     *
     * <p>Done with a second link, whose former name is then removed: for a moment, and after a crash just then, the file
     * has both names. On a file system without links the target is for a moment an empty file.
     */
    NO_CLOBBER,

    /**
     * Survives a power cut: the content is forced to the device before the target shows it, and the new name before
     * {@code persist} returns, so that after the cut there is either the old content or the new. Takes milliseconds.
     *
     * <p>Of a directory only the name is forced, not what is in it. <b>Windows:</b> names cannot be forced.
     */
    DURABLE,

    /**
     * The file gets the permissions of the regular file that it replaces and, where that is permitted, its owner and
     * group. When the group cannot be had, the new one may do no more than all others. Where there is no regular file,
     * this does nothing. Extended attributes and access control lists are not taken over.
     *
     * <p><b>Windows:</b> does nothing; there are no such permissions.
     */
    KEEP_TARGET_ATTRIBUTES
}
