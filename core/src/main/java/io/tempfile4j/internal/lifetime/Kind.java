package io.tempfile4j.internal.lifetime;

/** What there is that must not outlive its owner. */
public enum Kind {
    TEMPORARY_FILE("a file without a name"),
    NAMED_TEMPORARY_FILE("a named file"),
    SPOOLED_TEMPORARY_FILE("a spooled file"),
    TEMPORARY_DIRECTORY("a directory"),
    TEMPORARY_PATH("a path");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** For messages. */
    @Override
    public String toString() {
        return words;
    }
}
