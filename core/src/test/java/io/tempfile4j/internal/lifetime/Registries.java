package io.tempfile4j.internal.lifetime;

/** Lets tests of other packages count what is registered. */
public final class Registries {

    private Registries() {}

    /** How many things are alive, or being made, in all spaces of this process. */
    public static int sizeOfProcess() {
        return Registry.process().size();
    }
}
