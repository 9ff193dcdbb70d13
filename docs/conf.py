"""Settings of the site that ``python dev.py docs`` builds."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "jamsos_sim"
copyright = "The jamsos_sim authors"  # the name that Sphinx reads
language = "id"
highlight_language = "none"  # blocks without a language are commands, not Python
extensions = ["myst_nb", "two_languages"]
root_doc = "index"
exclude_patterns = ["templates", "style"]
templates_path = ["templates"]

nb_execution_mode = "off"
nb_merge_streams = True
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]

html_theme = "pydata_sphinx_theme"
html_title = "jamsos_sim"
html_static_path = ["style"]
html_css_files = ["site.css"]
html_sidebars = {"**": ["pages.html"]}
html_theme_options = {
    "show_toc_level": 2,
    "navbar_center": [],
    "navbar_end": ["other_language.html", "theme-switcher"],
    "navbar_persistent": ["search-button"],
    "article_header_start": [],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
}
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
