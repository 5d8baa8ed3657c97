# Writes OUT: EmbeddedFile over FILES in DIR.
set(rows "")
foreach(file IN LISTS FILES)
  file(READ ${DIR}/${file} text)
  string(APPEND rows "    {\"${file}\", R\"file(${text})file\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"adapters/web/templates.h\"\n\n#include <cassert>\n\n"
  "namespace kalends::web {\nnamespace {\n"
  "struct File {\n  std::string_view name;\n  std::string_view text;\n};\n"
  "constexpr File kFiles[] = {\n${rows}};\n}  // namespace\n"
  "std::string_view EmbeddedFile(std::string_view name) {\n"
  "  for (const File& file : kFiles) {\n    if (file.name == name) return file.text;\n  }\n"
  "  assert(false);\n  return {};\n}\n}  // namespace kalends::web\n")
