package io.tempfile4j.internal.journal;

/** What a process does in the background, done now. */
public final class BackgroundReap {

    /** Reaps, and logs what it could not do. */
    public static void main(String[] args) {
        Reaper.reapAndReport();
        System.out.println("undecided " + Reaper.undecided());
    }

    private BackgroundReap() {}
}
