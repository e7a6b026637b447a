package dev.boreal.pgwire.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.boreal.contracts.sql.Credential;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** With the example of RFC 7677, section 3. */
class ScramExchangeTest {
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final byte[] SALTED = ScramFunctions.saltedPassword(
            ScramMechanism.SCRAM_SHA_256, StringPreparation.SASL_PREPARATION, "pencil".toCharArray(), SALT, 4096);
    private static final Credential PENCIL = new Credential.ScramSha256(
            4096,
            SALT,
            ScramFunctions.storedKey(
                    ScramMechanism.SCRAM_SHA_256, ScramFunctions.clientKey(ScramMechanism.SCRAM_SHA_256, SALTED)),
            ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, SALTED));
    private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String LAST = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private final ScramSecrets secrets = new ScramSecrets(() -> "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", new byte[32]);

    @Test
    void passesTheExampleOfTheStandard() {
        ScramExchange exchange = secrets.exchange("user", PENCIL);
        assertThat(exchange.first(FIRST))
                .isEqualTo("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(exchange.last(LAST)).isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void takesTheEmptyUserNameThatLibpqSends() {
        assertThat(secrets.exchange("user", PENCIL).first("y,,n=,r=abc")).startsWith("r=abc%hv");
    }

    @Test
    void rejectsAnotherProof() {
        ScramExchange exchange = secrets.exchange("user", PENCIL);
        exchange.first(FIRST);
        assertThat(exchange.last(LAST.replace("p=dHzb", "p=dHzc"))).isNull();
    }

    @Test
    void looksTheSameForUsersThatDoNotExist() {
        String present = secrets.exchange("user", PENCIL).first(FIRST);
        String absent = secrets.exchange("nobody", null).first(FIRST);
        assertThat(absent).hasSameSizeAs(present).isNotEqualTo(present);
        assertThat(secrets.exchange("nobody", null).first(FIRST)).isEqualTo(absent);
        assertThat(secrets.exchange("other", null).first(FIRST)).isNotEqualTo(absent);
        ScramExchange locked = secrets.exchange("locked", new Credential.None());
        locked.first(FIRST);
        assertThat(locked.last(LAST)).isNull();
    }

    @Test
    void refusesMalformedMessages() {
        for (String first : new String[] {
            "", "n", "n,,", "n,,n=user", "p=tls-unique,,n=,r=a", "x,,n=,r=a", "n,,m=1,n=,r=a", "n,,n=,r="
        }) {
            assertThatThrownBy(() -> secrets.exchange("user", PENCIL).first(first))
                    .as(first)
                    .hasMessage("08P01: malformed SCRAM message");
        }
        for (String last : new String[] {
            "", "c=biws", LAST.replace("biws", "eSws"), LAST.replace("r=r", "r=s"), LAST.replace("p=dHzb", "p=*")
        }) {
            ScramExchange exchange = secrets.exchange("user", PENCIL);
            exchange.first(FIRST);
            assertThatThrownBy(() -> exchange.last(last)).as(last).hasMessage("08P01: malformed SCRAM message");
        }
    }
}
