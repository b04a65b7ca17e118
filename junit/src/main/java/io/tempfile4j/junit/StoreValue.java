package io.tempfile4j.junit;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What is closed at the end of a context, the newest first: until Jupiter 5.12 because of the one interface, from 5.13 on
 * because of the other.
 */
@SuppressWarnings("deprecation") // 5.11 and 5.12 know nothing else.
interface StoreValue extends ExtensionContext.Store.CloseableResource, AutoCloseable {

    @Override
    void close() throws Exception;
}
