app_name = "taking_part"
urlpatterns: list = []
