package io.tempfile4j.internal.platform;

import org.jspecify.annotations.Nullable;

/**
 * Which platform this process uses: the property {@code tempfile4j.backend} asks for one, {@code auto} takes the native
 * one where it can be had, as soon as it can.
 *
 * @param platform null when what was asked for cannot be had
 * @param missing why not; empty otherwise
 */
record BackendChoice(@Nullable Platform platform, String missing) {

    static final String PROPERTY = "tempfile4j.backend";

    /** Made once: the grant of native access reads as given after any call that was let through without it. */
    private static final BackendChoice OF_THIS_PROCESS = choose(System.getProperty(PROPERTY, "auto"));

    private BackendChoice(Platform platform) {
        this(platform, "");
    }

    /** @throws IllegalStateException saying what is missing, each time */
    static Platform current() {
        Platform chosen = OF_THIS_PROCESS.platform();
        if (chosen == null) {
            throw new IllegalStateException(OF_THIS_PROCESS.missing());
        }
        return chosen;
    }

    static String reasonOfThisProcess() {
        return OF_THIS_PROCESS.whyNotNative();
    }

    static BackendChoice choose(String asked) {
        return switch (asked) {
            case "portable" -> new BackendChoice(new PortablePlatform("the portable one was asked for"));
            case "auto" -> new BackendChoice(auto());
            case "native" -> findNative();
            default ->
                new BackendChoice(null, PROPERTY + " is '" + asked + "'; it can be 'auto', 'native' or 'portable'");
        };
    }

    private static Platform auto() {
        try {
            return NativePlatform.soon();
        } catch (UnsupportedOperationException missing) {
            return new PortablePlatform(String.valueOf(missing.getMessage()));
        }
    }

    private static BackendChoice findNative() {
        try {
            return new BackendChoice(NativePlatform.now());
        } catch (UnsupportedOperationException missing) {
            return new BackendChoice(null, PROPERTY + " is 'native', which cannot be had: " + missing.getMessage());
        }
    }

    /** Why the native one is not used; empty when it is. Waits until that is known. */
    String whyNotNative() {
        if (platform == null) {
            return missing;
        }
        return platform.settled() instanceof PortablePlatform portable ? portable.whyNotNative() : "";
    }
}
