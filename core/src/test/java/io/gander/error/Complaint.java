package io.gander.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every user's error must be, whatever it says: a {@link UserError} of one line that ends as a sentence does. */
public final class Complaint {
    private Complaint() {}

    /** Runs what must fail, and hands over its message. */
    public static AbstractStringAssert<?> of(ThrowingCallable mistake) {
        Throwable thrown = catchThrowable(mistake);
        assertThat(thrown).as("the mistake must be noticed").isInstanceOf(UserError.class);
        String message = String.valueOf(thrown.getMessage());
        assertThat(message.lines()).as("one line: %s", message).hasSize(1);
        assertThat(message).matches(".*[.?]");
        return assertThat(message);
    }
}
