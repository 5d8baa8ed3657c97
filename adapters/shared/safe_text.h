// Text from people among text of ours.
#pragma once

#include <string>
#include <string_view>

namespace kalends {

// Instead of a text that shows nothing. The core calls erased accounts so, too.
inline constexpr std::string_view kNothingSeen = "–";

// Text from people as it may stand in a line of ours, on a button or on a page, and change nothing
// but its own place: without control characters, marks that turn the direction of text and what no
// font draws (Unicode's Default_Ignorable_Code_Point and format characters); what letters and emoji
// are joined and chosen by stays. A line at either end that has letters from right to left is
// isolated (U+2068 … U+2069); the others are paragraphs of their own. Line breaks stay, other white
// space that is none of Unicode's spaces becomes one. Text of which nothing is seen becomes
// kNothingSeen, an empty one stays empty. Bytes that are not UTF-8 become U+FFFD.
// A text that holds texts shown so stays as it is, and at most four code points are added.
std::string SafeText(std::string_view text);

// The same of text that stands alone on one line, such as the name of a file in a header: without
// isolates, line breaks and tabs, and empty where nothing is seen.
std::string LoneText(std::string_view text);

}  // namespace kalends
