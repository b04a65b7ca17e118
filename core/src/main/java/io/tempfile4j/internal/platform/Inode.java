package io.tempfile4j.internal.platform;

/** The key of an {@link Identity} that is known as numbers. */
public interface Inode {

    /** The number of the device, as stat(2) has it. */
    long device();

    /** The number of the inode on that device. */
    long inode();

    /** The second of birth; 0, with the nanoseconds, where the file system knows none. */
    long born();

    /** The nanoseconds in that second. */
    int bornNanos();
}
