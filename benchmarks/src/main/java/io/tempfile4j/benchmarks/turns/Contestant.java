package io.tempfile4j.benchmarks.turns;

import java.util.List;

/** Who takes part, by the names of the report. */
enum Contestant {
    /** With system calls of its own; JDK 22 and later, Linux. */
    NATIVE("tempfile4j"),
    /** The same, and the first file waits until they are linked. */
    AT_ONCE("tempfile4j, native at once"),
    /** With the JDK's calls only. */
    PORTABLE("tempfile4j, portable"),
    /** Without the record that crash clean-up keeps. */
    UNRECORDED("tempfile4j, no crash clean-up"),
    JDK("JDK"),
    /** {@code File.createTempFile} and {@code deleteOnExit}. */
    JDK_ON_EXIT("JDK, deleteOnExit"),
    /** The JDK, or Guava, with what they do not do by themselves, so that the promises are those of tempfile4j. */
    BY_HAND("by hand, same promises"),
    GUAVA("Guava"),
    COMMONS("Commons IO"),
    PYTHON("Python"),
    RUST("Rust"),
    /** The system calls that tempfile4j makes, checks and all. */
    C_SAME("C, same calls"),
    /** The fewest system calls that do it. */
    C("C, fewest calls"),
    /** The process, for each tree. */
    RM("rm -rf"),
    /** A JVM whose {@code main} is empty. */
    NOTHING("nothing");

    private final String label;

    Contestant(String label) {
        this.label = label;
    }

    static final List<Contestant> OURS = List.of(NATIVE, PORTABLE);

    /** What the best of which is the mark to reach on the JVM. */
    static final List<Contestant> JVM_PEERS = List.of(JDK, JDK_ON_EXIT, GUAVA, COMMONS);

    @Override
    public String toString() {
        return label;
    }
}
