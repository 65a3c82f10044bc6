package io.gander.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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

    @Test
    void whatItIsAboutStandsBeforeTheSentence() {
        UserError error = UserError.about("data.path", "there is no 'a'.");

        assertThat(error.subject()).isEqualTo("data.path");
        assertThat(error).hasMessage("data.path: there is no 'a'.");
        assertThat(new UserError("no.").subject()).isEmpty();
    }

    @Test
    void aDoorWordsItByItsOwnOptions() {
        Map<String, String> options = Map.of("data.path", "--data");

        assertThat(UserError.about("data.path", "data.path is not 'a'.").as(options))
                .hasMessage("--data: data.path is not 'a'.");
        assertThat(UserError.about("data.size", "is 3.").as(options)).hasMessage("data.size: is 3.");
    }

    @Test
    void aCureIsSaidWhereItCanBeHad() {
        UserError error = new UserError("2 of 3 are broken.").orSet("data.max-broken");

        assertThat(error).hasMessage("2 of 3 are broken, or set data.max-broken.");
        assertThat(error.as(Map.of())).hasMessage("2 of 3 are broken.").hasCause(error);
        assertThat(error.as(Map.of("data.max-broken", "--broken"))).hasMessage("2 of 3 are broken, or set --broken.");
    }
}
