"""What is broken on purpose, and what becomes of the site. Not part of the site.

- Broken: processes are `killed`, the `database` has `outages`, the `clock` is put back,
  `deploying` is cut off, what is talked to stays `silent`, and `growing` starts what
  stands around a grown site.
- Meanwhile: the site on its `stage`, people `writing` under `load`, and `sinks` for the
  mail.
- Afterwards: `inside` asks the site whether all is there, `contract` says in which
  form it answers, and `results` is the table.
"""
