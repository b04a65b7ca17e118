package io.tempfile4j;

/** What an offset is relative to; POSIX: {@code SEEK_SET}, {@code SEEK_CUR}, {@code SEEK_END}. */
public enum Whence {
    /** The start of the file. */
    SET,
    /** The position. */
    CUR,
    /** The end of the file. */
    END
}
