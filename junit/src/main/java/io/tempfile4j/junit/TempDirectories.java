package io.tempfile4j.junit;

import io.tempfile4j.Tempfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where temporary files of this JVM go, and what is there. */
final class TempDirectories {

    /** Whether the directory belongs to the JVM: was chosen, or is said to be as good as that. */
    static final String PROPERTY = "tempfile4j.junit.tmpdir";

    private static final String TMPDIR = "java.io.tmpdir";

    /** Where the JDK makes its files, and who the owner of what is made there is. */
    private record Probe(Path directory, @Nullable UserPrincipal owner, String user) {

        private static final Probe RESULT = take();

        /** By trial: what was set after the start of the JVM is not what the JDK uses. */
        private static Probe take() {
            try {
                Path made = Files.createTempFile("tempfile4j", null).toAbsolutePath();
                UserPrincipal owner = ownerOf(made);
                String user = userOf(made);
                Files.delete(made);
                Path parent = made.getParent();
                return new Probe(parent == null ? made : parent, owner, user);
            } catch (IOException failure) {
                throw new UncheckedIOException(
                        "no temporary file could be made in " + System.getProperty(TMPDIR), failure);
            }
        }
    }

    private TempDirectories() {}

    /**
     * What other processes do in a shared directory would fail tests that are right, now and then.
     *
     * @throws ExtensionConfigurationException unless somebody has chosen the directory for this JVM
     */
    static void requireOwn(ExtensionContext context) {
        boolean chosen = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-D" + TMPDIR + "="));
        boolean accepted = context.getConfigurationParameter(PROPERTY)
                .filter(value -> value.strip().equals("shared"))
                .isPresent();
        if (!chosen && !accepted) {
            throw new ExtensionConfigurationException("@NoTempLeaks needs a directory for temporary files that no other"
                    + " process uses: start the JVM of the tests with -D" + TMPDIR
                    + "=<an existing directory>; set later,"
                    + " the property has no effect. Or accept with the configuration parameter " + PROPERTY
                    + "=shared that"
                    + " what other processes of this user leave in " + Probe.RESULT.directory + " fails tests.");
        }
    }

    private static Set<Path> directories() throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        directories.add(Probe.RESULT.directory.toRealPath());
        directories.add(Tempfile.gettempdir().toRealPath());
        return directories;
    }

    static List<Path> list() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path directory : directories()) {
            try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
                content.forEach(found::add);
            } catch (NoSuchFileException gone) {
                // Then nothing was left in it.
            } catch (DirectoryIteratorException failure) {
                throw failure.getCause();
            }
        }
        String journals = journals();
        found.removeIf(path -> path.getFileName().toString().equals(journals));
        return found;
    }

    /**
     * The directory that holds the journals of tempfile4j when this is where temporary files go, too; it is there for good.
     * The library names it after the number of the user or, on a system without numbers, after the name, with an underscore
     * for each character that is no letter, digit, dot or hyphen.
     */
    private static String journals() {
        return "tempfile4j-" + Probe.RESULT.user.replaceAll("[^A-Za-z0-9.-]", "_");
    }

    private static String userOf(Path made) throws IOException {
        return made.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Integer.toUnsignedString((Integer) Files.getAttribute(made, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                : System.getProperty("user.name", "?");
    }

    /** False for what belongs to another user. */
    static boolean isOurs(Path path) {
        return Probe.RESULT.owner == null || Probe.RESULT.owner.equals(ownerOf(path));
    }

    private static @Nullable UserPrincipal ownerOf(Path path) {
        try {
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException gone) {
            return null;
        }
    }
}
