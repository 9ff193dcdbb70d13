"""Settings of the site that ``python dev.py docs`` builds."""

project = "jamsos_sim"
copyright = "The jamsos_sim authors"  # the name that Sphinx reads
language = "id"
extensions = ["myst_nb"]
root_doc = "index"
exclude_patterns = ["build.py", "conf.py"]

nb_execution_mode = "off"
nb_merge_streams = True
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

html_theme = "pydata_sphinx_theme"
html_title = "jamsos_sim"
html_theme_options = {
    "show_toc_level": 2,
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
}
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
