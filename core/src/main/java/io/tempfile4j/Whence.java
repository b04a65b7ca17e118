package io.tempfile4j;

/**
 * What an offset is relative to; POSIX and Python: {@code SEEK_SET}, {@code SEEK_CUR}, {@code SEEK_END}.
 *
 * @see FileObject#seek(long, Whence)
 */
public enum Whence {
    /** The start of the file. */
    SET,
    /** The position. */
    CUR,
    /** The end of the file. */
    END
}
