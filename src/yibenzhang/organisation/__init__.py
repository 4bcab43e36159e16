"""Units, Party bodies, people, memberships and posts (组织、人员、职务), all dated."""
