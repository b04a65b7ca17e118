package io.tempfile4j.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this JAR and of the Java that runs it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String own = Version.class.getPackage().getImplementationVersion();
        return new String[] {"tempfile4j " + (own == null ? "(not packaged)" : own), "Java " + Runtime.version()};
    }
}
