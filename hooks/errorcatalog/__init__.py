"""A catalogue of error codes: load, check, view, render, export.

Plain Python without MkDocs. Data flows one way, module by module:

    yaml_source -> load -> checks -> views -> render
                                  -> search
"""
