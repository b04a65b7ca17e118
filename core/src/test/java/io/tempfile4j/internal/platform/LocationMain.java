package io.tempfile4j.internal.platform;

import java.util.Map;

/** Chooses between two directories by names that are known; for a process of another user. */
public final class LocationMain {

    /** The third name and all that follow. */
    public static final String LATER_NAMES = "tmpcccccccccccc";

    public static void main(String[] directories) {
        Map<String, String> environment = Map.of("TMPDIR", directories[0], "TMP", directories[1]);
        Names names = ScriptedNames.of("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc");
        Location location =
                new LocationSearch(Map.<String, String>of()::get, environment::get, Os.current(), names).choose();
        System.out.println("dir=" + location.directory());
    }

    private LocationMain() {}
}
