//! Counts the words, lines and characters of a text: `{"words":2,"lines":1,"characters":11}`.
//!
//! A character is a Unicode scalar value. A word is a run of characters without white space (Unicode's White_Space).
//! A line ends with a line feed; the last one may lack it. The text is read in pieces, so it may have any length.
#![no_std]

use plugins_pdk::{input, plugin_fn, NotText, Output};

#[derive(Debug, PartialEq)]
struct Counts {
    words: u64,
    lines: u64,
    characters: u64,
}

/// The same as `char::is_whitespace`, which brings a table and the formatting of a panic: two kilobytes.
fn is_white_space(character: char) -> bool {
    matches!(
        character,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}'
            | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

fn count<E>(text: impl Iterator<Item = Result<char, E>>) -> Result<Counts, E> {
    let mut counts = Counts { words: 0, lines: 0, characters: 0 };
    let mut in_word = false;
    let mut last = '\n';
    for character in text {
        last = character?;
        let space = is_white_space(last);
        counts.words += (!space && !in_word) as u64;
        in_word = !space;
        counts.lines += (last == '\n') as u64;
        counts.characters += 1;
    }
    counts.lines += (last != '\n') as u64;
    Ok(counts)
}

plugin_fn! {
    pub fn word_count() -> Result<(), NotText> {
        let counts = count(input::chars())?;
        let mut output = Output::new();
        output.push_str("{\"words\":");
        output.push_number(counts.words);
        output.push_str(",\"lines\":");
        output.push_number(counts.lines);
        output.push_str(",\"characters\":");
        output.push_number(counts.characters);
        output.push_str("}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plugins_pdk::testing::Host;

    fn count_text(text: &str) -> Counts {
        count(text.chars().map(Ok::<char, ()>)).unwrap()
    }

    #[test]
    fn lines_end_with_a_line_feed_that_the_last_may_lack() {
        for (text, lines) in [("", 0), ("a", 1), ("a\n", 1), ("a\n\n", 2), ("a\r\nb", 2), ("\n", 1)] {
            assert_eq!(count_text(text).lines, lines, "{:?}", text);
        }
    }

    #[test]
    fn words_are_apart_by_unicode_white_space() {
        assert_eq!(count_text(" один\u{3000}deux\u{A0}3 ").words, 3);
    }

    #[test]
    fn white_space_is_that_of_unicode() {
        for character in '\0'..=char::MAX {
            assert_eq!(is_white_space(character), character.is_whitespace(), "{:?}", character);
        }
    }

    #[test]
    fn the_counts_are_given_as_json() {
        let end = Host::new().call(word_count, "héllo wörld".as_bytes());
        assert_eq!(end.output, br#"{"words":2,"lines":1,"characters":11}"#);
    }
}
