# Writes OUT: a C++ function that returns the texts of FILES, in the order given.
set(body "")
foreach(file IN LISTS FILES)
  file(READ ${file} text)
  string(APPEND body "      std::string_view(R\"sql(${text})sql\"),\n")
endforeach()
file(WRITE ${OUT} "#include <string_view>\n#include <vector>\n\nnamespace ${NAMESPACE} {\n"
  "const std::vector<std::string_view>& ${SYMBOL}() {\n"
  "  static const std::vector<std::string_view> kTexts = {\n${body}  };\n  return kTexts;\n}\n"
  "}  // namespace ${NAMESPACE}\n")
