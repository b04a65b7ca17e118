package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes something under a name that nobody can guess: prefix, random characters, suffix. */
public final class Names {

    /** How many names are tried before giving up. */
    public static final int TMP_MAX = 10_000;

    /** 36 to the power of 12 is 62 bits. */
    public static final int DEFAULT_RANDOM_LENGTH = 12;

    /** Lower case only: on a file system that ignores case nothing is lost. */
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static final Names SYSTEM = new Names(Entropy.system());

    private final Entropy entropy;

    public Names(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Names from the system's cryptographic source. */
    public static Names system() {
        return SYSTEM;
    }

    /**
     * Calls {@code attempt} with one name after the other while it says that the name is taken, by
     * {@link FileAlreadyExistsException} or, for a socket, {@link BindException}. Any other failure is the caller's.
     *
     * @throws FileAlreadyExistsException when every one of {@code tries} names was taken
     */
    public <T> T choose(Path directory, Pattern pattern, int tries, Attempt<T> attempt) throws IOException {
        IOException collision = null;
        for (int i = 0; i < tries; i++) {
            try {
                return attempt.at(next(pattern));
            } catch (FileAlreadyExistsException | BindException taken) {
                collision = taken;
            }
        }
        throw exhausted(directory, pattern, tries, collision);
    }

    /** The next name; whether it is taken is not known. */
    public String next(Pattern pattern) {
        StringBuilder name = new StringBuilder(pattern.prefix().length()
                + pattern.randomLength()
                + pattern.suffix().length());
        name.append(pattern.prefix());
        for (int i = 0; i < pattern.randomLength(); i++) {
            name.append(ALPHABET.charAt(entropy.nextInt(ALPHABET.length())));
        }
        return name.append(pattern.suffix()).toString();
    }

    private static FileAlreadyExistsException exhausted(
            Path directory, Pattern pattern, int tries, @Nullable IOException last) {
        FileAlreadyExistsException failure = new FileAlreadyExistsException(
                directory.toString(), null, "no free name: " + pattern + " was taken " + tries + " times");
        if (last != null) {
            failure.initCause(last);
        }
        return failure;
    }

    /** What names look like; the parts were checked with {@link NameRules}. */
    public record Pattern(String prefix, int randomLength, String suffix) {
        @Override
        public String toString() {
            return "'" + prefix + "' + " + randomLength + " random characters + '" + suffix + "'";
        }
    }

    /** Makes something at a name. */
    @FunctionalInterface
    public interface Attempt<T> {
        T at(String name) throws IOException;
    }
}
