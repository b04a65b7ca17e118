package io.tempfile4j.internal.platform;

import org.jspecify.annotations.Nullable;

/**
 * Which platform this process uses: the property {@code tempfile4j.backend} asks for one, {@code auto} takes the native
 * one where it can be had.
 *
 * @param platform null when what was asked for cannot be had
 * @param reason why the native one is not used; empty when it is
 */
record BackendChoice(@Nullable Platform platform, String reason) {

    static final String PROPERTY = "tempfile4j.backend";

    /** Made once: the grant of native access reads as given after any call that was let through without it. */
    private static final BackendChoice OF_THIS_PROCESS = choose(System.getProperty(PROPERTY, "auto"));

    /** @throws IllegalStateException saying what is missing, each time */
    static Platform current() {
        Platform chosen = OF_THIS_PROCESS.platform();
        if (chosen == null) {
            throw new IllegalStateException(OF_THIS_PROCESS.reason());
        }
        return chosen;
    }

    static String reasonOfThisProcess() {
        return OF_THIS_PROCESS.reason();
    }

    static BackendChoice choose(String asked) {
        return switch (asked) {
            case "portable" -> new BackendChoice(new PortablePlatform(), "the portable one was asked for");
            case "auto", "native" -> findNative(asked);
            default ->
                new BackendChoice(null, PROPERTY + " is '" + asked + "'; it can be 'auto', 'native' or 'portable'");
        };
    }

    private static BackendChoice findNative(String asked) {
        try {
            return new BackendChoice(NativePlatform.find(), "");
        } catch (UnsupportedOperationException missing) {
            String reason = PROPERTY + " is 'native', which cannot be had: " + missing.getMessage();
            return asked.equals("native")
                    ? new BackendChoice(null, reason)
                    : new BackendChoice(new PortablePlatform(), String.valueOf(missing.getMessage()));
        }
    }
}
