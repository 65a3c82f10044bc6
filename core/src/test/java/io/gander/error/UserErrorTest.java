package io.gander.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserErrorTest {
    @Test
    void isOneLineEvenIfWhatItQuotesIsNot() {
        assertThat(new UserError("data.path: there is no folder 'a\nb\r\nc'."))
                .hasMessage("data.path: there is no folder 'a b c'.");
    }

    @Test
    void keepsItsCause() {
        Exception cause = new IllegalStateException("deep\ndown");
        assertThat(new UserError("no.\n", cause)).hasCause(cause).hasMessage("no.");
    }
}
