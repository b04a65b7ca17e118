/** The code of the guides, run; and what the documents claim, checked. */
package io.tempfile4j.docs;
