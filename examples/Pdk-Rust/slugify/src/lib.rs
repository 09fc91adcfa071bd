//! Makes a slug for addresses and file names of a text: "Crème brûlée, it's good!" becomes "creme-brulee-its-good".
//!
//! ASCII letters (as lower case) and digits stay. Latin letters from U+00C0 to U+017F become their ASCII base letters.
//! Apostrophes (U+0027, U+2019) and combining accents (U+0300 to U+036F) vanish. Each run of anything else between two
//! kept characters becomes one hyphen. A text with nothing to keep has the empty slug.
#![no_std]

use plugins_pdk::{input, plugin_fn, NotText, Output};

/// U+00C0 to U+017F. A capital stands for two letters (see `fold`), a hyphen for a character that is no letter.
static FOLDED: &[u8; 192] = b"\
    aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll\
    lllnnnnnnnNNooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn vanishes(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{300}'..='\u{36F}')
}

/// The letters for a character; none when it separates words.
fn fold(character: char) -> (Option<char>, Option<char>) {
    let folded = match character {
        'a'..='z' | '0'..='9' => return (Some(character), None),
        'A'..='Z' => return (Some(character.to_ascii_lowercase()), None),
        _ => (character as usize).checked_sub(0xC0).and_then(|index| FOLDED.get(index)),
    };
    match folded.copied() {
        None | Some(b'-') => (None, None),
        Some(b'A') => (Some('a'), Some('e')),
        Some(b'I') => (Some('i'), Some('j')),
        Some(b'N') => (Some('n'), Some('g')),
        Some(b'O') => (Some('o'), Some('e')),
        Some(b'S') => (Some('s'), Some('s')),
        Some(b'T') => (Some('t'), Some('h')),
        Some(letter) => (Some(letter as char), None),
    }
}

fn slug<E>(text: impl Iterator<Item = Result<char, E>>, mut push: impl FnMut(char)) -> Result<(), E> {
    let (mut any, mut gap) = (false, false);
    for character in text {
        let character = character?;
        if vanishes(character) {
            continue;
        }
        match fold(character) {
            (Some(first), second) => {
                if gap {
                    push('-');
                }
                push(first);
                second.map(&mut push);
                (any, gap) = (true, false);
            }
            (None, _) => gap = any,
        }
    }
    Ok(())
}

plugin_fn! {
    pub fn slugify() -> Result<(), NotText> {
        let mut output = Output::new();
        slug(input::chars(), |character| output.push(character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plugins_pdk::testing::Host;

    #[test]
    fn runs_of_other_characters_become_one_hyphen() {
        for (text, slug) in [("a -- b", "a-b"), ("--a--", "a"), ("!!!", ""), ("rock 'n' roll", "rock-n-roll")] {
            let end = Host::new().call(slugify, text.as_bytes());
            assert_eq!(end.output, slug.as_bytes(), "{:?}", text);
        }
    }

    #[test]
    fn latin_letters_lose_their_accents() {
        let end = Host::new().call(slugify, "Æsir Ŋ straße, de\u{301}ja\u{300}".as_bytes());
        assert_eq!(end.output, b"aesir-ng-strasse-deja");
    }
}
