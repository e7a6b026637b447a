package dev.boreal.queryprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SearchPathTest {

    @Test
    void readsQuotedAndFoldedNames() {
        assertThat(SearchPath.parse("\"$user\", Public ,\"My \"\"own\"\"\""))
                .containsExactly("$user", "public", "My \"own\"");
    }

    @Test
    void resolvesTheUserAndLeavesOutWhatDoesNotExist() {
        var catalog = SystemCatalog.store(dev.boreal.queryprocessor.catalog.system.SessionSource.EMPTY)
                .bootstrap();
        assertThat(SearchPath.resolve("\"$user\", public, nowhere, public", "information_schema", catalog))
                .containsExactly("information_schema", "public");
    }
}
