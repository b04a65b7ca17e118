package io.tempfile4j.cli;

/** Which system calls the library is to make. */
final class Backend {

    private static final String PROPERTY = "tempfile4j.backend";

    private Backend() {}

    /** For who makes one thing: the first native call of a process takes longer than all the rest of it. */
    static void preferPortable() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "portable");
        }
    }
}
