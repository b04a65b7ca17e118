package io.tempfile4j.internal.platform;

/** Finds the platform of native calls. This is the one for JDKs that cannot make any; META-INF/versions/22 has another. */
@SuppressWarnings("DoNotCallSuggester") // the class that replaces this one does more
final class NativePlatform {

    private NativePlatform() {}

    /** @throws UnsupportedOperationException saying what it needs and does not find */
    static Platform now() {
        throw missing();
    }

    /** @throws UnsupportedOperationException saying what it needs and does not find */
    static Platform soon() {
        throw missing();
    }

    private static UnsupportedOperationException missing() {
        return new UnsupportedOperationException(
                "it needs JDK 22 or later, this is JDK " + Runtime.version().feature());
    }
}
