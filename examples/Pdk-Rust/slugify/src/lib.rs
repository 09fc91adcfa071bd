//! Makes a slug for addresses and file names of a text: "Crème brûlée, it's good!" becomes "creme-brulee-its-good".
//!
//! ASCII letters (as lower case) and digits stay. Latin letters from U+00C0 to U+017F become their ASCII base letters.
//! Apostrophes (U+0027, U+2019) and combining accents (U+0300 to U+036F) vanish. Each run of anything else between two
//! kept characters becomes one hyphen. A text with nothing to keep has the empty slug.
#![no_std]

use plugins_pdk::{input, plugin_fn, NotText, Output};

/// U+00C0 to U+017F. A capital stands for two letters (see `push_letters`), a hyphen for a character that is no letter.
static FOLDED: &[u8; 192] = b"\
    aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll\
    lllnnnnnnnNNooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn vanishes(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{300}'..='\u{36F}')
}

/// The letter for a character: a capital stands for two letters, a hyphen for a character that separates words.
fn fold(character: char) -> u8 {
    match character {
        'a'..='z' | '0'..='9' => character as u8,
        'A'..='Z' => (character as u8).to_ascii_lowercase(),
        _ => (character as usize).checked_sub(0xC0).and_then(|index| FOLDED.get(index)).map_or(b'-', |letter| *letter),
    }
}

fn push_letters(letter: u8, mut push: impl FnMut(u8)) {
    let (first, second) = match letter {
        b'A' => (b'a', b'e'),
        b'I' => (b'i', b'j'),
        b'N' => (b'n', b'g'),
        b'O' => (b'o', b'e'),
        b'S' => (b's', b's'),
        b'T' => (b't', b'h'),
        _ => return push(letter),
    };
    push(first);
    push(second);
}

fn slug<E>(text: impl Iterator<Item = Result<char, E>>, mut push: impl FnMut(u8)) -> Result<(), E> {
    let (mut any, mut gap) = (false, false);
    for character in text {
        let character = character?;
        if vanishes(character) {
            continue;
        }
        let letter = fold(character);
        if letter == b'-' {
            gap = any;
            continue;
        }
        if gap {
            push(b'-');
        }
        (any, gap) = (true, false);
        push_letters(letter, &mut push);
    }
    Ok(())
}

plugin_fn! {
    pub fn slugify() -> Result<(), NotText> {
        let mut output = Output::new();
        slug(input::chars(), |byte| output.push_byte(byte))
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
