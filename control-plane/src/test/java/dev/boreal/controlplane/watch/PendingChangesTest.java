package dev.boreal.controlplane.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.door.ControlPlane.WatchListener;
import dev.boreal.controlplane.register.RegisterChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
    private final PendingChanges pending = new PendingChanges("w/");
    private final List<String> heard = new ArrayList<>();

    private static RegisterEntry entry(String key, long version) {
        return new RegisterEntry(key, new byte[0], version, 0);
    }

    private static RegisterChange changed(String key, long version) {
        return new RegisterChange.Changed(entry(key, version));
    }

    private List<String> tell() {
        heard.clear();
        pending.take().tell(new WatchListener() {
            @Override
            public void onSnapshot(List<RegisterEntry> entries) {
                heard.add("all " + entries.stream().map(RegisterEntry::key).toList());
            }

            @Override
            public void onChanged(RegisterEntry entry) {
                heard.add(entry.key() + "@" + entry.version());
            }

            @Override
            public void onRemoved(String key, long version) {
                heard.add("no " + key + "@" + version);
            }
        });
        return heard;
    }

    @Test
    void ofOneKeyOnlyTheLastChangeIsToldInItsPlace() {
        pending.add(changed("w/a", 1));
        pending.add(changed("w/b", 2));
        pending.add(changed("w/a", 3));
        pending.add(changed("w/c", 4));
        pending.add(new RegisterChange.Removed("w/b", 5));
        assertThat(tell()).containsExactly("w/a@3", "w/c@4", "no w/b@5");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void otherKeysAreLeftOut() {
        pending.add(changed("v/a", 1));
        assertThat(pending.isEmpty()).isTrue();
        pending.begin(List.of(entry("v/a", 1), entry("w/a", 2), entry("x/a", 3)));
        assertThat(tell()).containsExactly("all [w/a]");
    }

    @Test
    void beginningAnewTakesThePlaceOfWhatWasNotTold() {
        pending.add(changed("w/a", 1));
        pending.begin(List.of(entry("w/b", 7)));
        pending.add(changed("w/b", 8));
        assertThat(tell()).containsExactly("all [w/b]", "w/b@8");
    }

    @Test
    void anEmptyBeginningIsToldToo() {
        pending.begin(List.of());
        assertThat(pending.isEmpty()).isFalse();
        assertThat(tell()).containsExactly("all []");
    }
}
